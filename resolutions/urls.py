from django.urls import path

from resolutions import views

app_name = "resolutions"
urlpatterns = [
    path("resolutions/", views.document_list, name="list"),
    # Last, as a symbol is a path of its own.
    path("resolutions/<path:symbol>/", views.document_detail, name="detail"),
]
