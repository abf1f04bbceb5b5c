from django.urls import path, re_path
from django.views.generic import TemplateView

from mandates.views.bulk import bulk_correct, bulk_detail, bulk_list, bulk_new, bulk_undo
from mandates.views.chains import chain_csv, chain_table
from mandates.views.comparison import compare
from mandates.views.corrections import correct_mandate, correct_missed, review_correction, review_corrections
from mandates.views.dashboard import dashboard
from mandates.views.exports import changes_feed, deadline_calendar, export_csv, export_json, export_xlsx
from mandates.views.figures import figures, figures_csv
from mandates.views.import_preview import import_original, import_page, import_preview
from mandates.views.imports import import_batch, import_commands, import_list
from mandates.views.issue_check import check_unplaced
from mandates.views.mandate_detail import mandate_detail
from mandates.views.mandate_list import mandate_list
from mandates.views.outcome import record_outcome
from mandates.views.references import reference, reference_list
from mandates.views.review_corrigenda import review_corrigenda, review_corrigendum
from mandates.views.review_failed_imports import review_failed_import, review_failed_imports
from mandates.views.review_flagged import review_flagged, review_flagged_mandate
from mandates.views.review_links import link_mandates, review_link, review_links
from mandates.views.review_suggestions import review_suggestion, review_suggestions
from mandates.views.search import search_everything
from mandates.views.sessions import session_detail, session_list
from mandates.views.topics import topic_detail, topic_list
from mandates.views.waiting import review

app_name = "mandates"
urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("import/", import_list, name="import"),
    path("import/command-line/", import_commands, name="import_commands"),
    path("import/<int:pk>/", import_batch, name="import_batch"),
    path("import/<int:batch>/preview/<int:pk>/", import_preview, name="import_preview"),
    path("import/<int:batch>/preview/<int:pk>/original", import_original, name="import_original"),
    path("import/<int:batch>/preview/<int:pk>/page/<int:number>.png", import_page, name="import_page"),
    path("figures/", figures, name="figures"),
    path("figures/<slug:name>.csv", figures_csv, name="figures_csv"),
    path("lineages/", chain_table, name="chains"),
    path("lineages/export.csv", chain_csv, name="chains_csv"),
    path("mandates/", mandate_list, name="list"),
    path("mandates/export.csv", export_csv, name="export_csv"),
    path("mandates/export.xlsx", export_xlsx, name="export_xlsx"),
    path("mandates/export.json", export_json, name="export_json"),
    path("mandates/calendar.ics", deadline_calendar, name="calendar"),
    path("mandates/feed.atom", changes_feed, name="feed"),
    # Before the pages of documents, whose symbols are paths of their own.
    path("resolutions/compare/", compare, name="compare"),
    path("review/bulk/", bulk_list, name="bulk_list"),
    path("review/bulk/new/", bulk_new, name="bulk_new"),
    path("review/bulk/correct/", bulk_correct, name="bulk_correct"),
    path("review/bulk/<int:pk>/", bulk_detail, name="bulk"),
    path("review/bulk/<int:pk>/undo/", bulk_undo, name="bulk_undo"),
    path("review/issues/<int:pk>/", check_unplaced, name="check_unplaced"),
    path("review/", review, name="review"),
    path("review/references/", reference_list, name="references"),
    path("review/corrections/", review_corrections, name="review_corrections"),
    path("review/corrections/missed/", correct_missed, name="correct_missed"),
    path("review/corrections/<int:pk>/", review_correction, name="review_correction"),
    path("review/references/<str:state>/<path:symbol>/", reference, name="reference"),
    path("review/corrigenda/", review_corrigenda, name="review_corrigenda"),
    path("review/corrigenda/<int:pk>/", review_corrigendum, name="review_corrigendum"),
    path("review/failed-imports/", review_failed_imports, name="review_failed_imports"),
    path("review/failed-imports/<int:pk>/", review_failed_import, name="review_failed_import"),
    path("review/flagged/", review_flagged, name="review_flagged"),
    path("review/flagged/<int:pk>/", review_flagged_mandate, name="review_flagged_mandate"),
    path("review/links/", review_links, name="review_links"),
    path("review/links/<int:pk>/", review_link, name="review_link"),
    path("review/links/new/<path:key>/", link_mandates, name="link_mandates"),
    path("review/suggestions/", review_suggestions, name="review_suggestions"),
    path("review/suggestions/<int:pk>/", review_suggestion, name="review_suggestion"),
    path("search/", search_everything, name="search"),
    path("sessions/", session_list, name="sessions"),
    path("sessions/<str:code>/", session_detail, name="session"),
    path("shortcuts/", TemplateView.as_view(template_name="mandates/shortcuts.html"), name="shortcuts"),
    path("topics/", topic_list, name="topics"),
    path("topics/<slug:slug>/", topic_detail, name="topic"),
    re_path(r"^mandates/outcome/(?P<key>.+)/(?P<kind>fulfil|withdraw|reopen|review)/$", record_outcome, name="outcome"),
    re_path(
        r"^mandates/correct/(?P<key>.+)/(?P<kind>addressees|deadlines|topic|split|merge|not_a_mandate)/$",
        correct_mandate,
        name="correct",
    ),
    # Last, as a key is a path of its own.
    path("mandates/<path:key>/", mandate_detail, name="detail"),
]
