from django.urls import path, re_path

from mandates.views.dashboard import dashboard
from mandates.views.import_preview import import_original, import_page, import_preview
from mandates.views.imports import import_batch, import_list
from mandates.views.mandate_detail import mandate_detail
from mandates.views.mandate_list import export_csv, mandate_list
from mandates.views.outcome import record_outcome
from mandates.views.sessions import session_detail, session_list

app_name = "mandates"
urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("import/", import_list, name="import"),
    path("import/<int:pk>/", import_batch, name="import_batch"),
    path("import/<int:batch>/preview/<int:pk>/", import_preview, name="import_preview"),
    path("import/<int:batch>/preview/<int:pk>/original", import_original, name="import_original"),
    path("import/<int:batch>/preview/<int:pk>/page/<int:number>.png", import_page, name="import_page"),
    path("mandates/", mandate_list, name="list"),
    path("mandates/export.csv", export_csv, name="export_csv"),
    path("sessions/", session_list, name="sessions"),
    path("sessions/<str:code>/", session_detail, name="session"),
    re_path(r"^mandates/outcome/(?P<key>.+)/(?P<kind>fulfil|withdraw|reopen|review)/$", record_outcome, name="outcome"),
    # Last, as a key is a path of its own.
    path("mandates/<path:key>/", mandate_detail, name="detail"),
]
