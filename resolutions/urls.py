from django.urls import path

from resolutions import views

app_name = "resolutions"
urlpatterns = [
    path("resolutions/", views.document_list, name="list"),
    # Without a slash at its end, so that no symbol can be taken for it.
    path("resolutions/<path:symbol>/original", views.document_original, name="original"),
    # Last, as a symbol is a path of its own.
    path("resolutions/<path:symbol>/", views.document_detail, name="detail"),
]
