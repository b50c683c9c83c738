"""Pages for everybody: consultations, the text, comments, the report, documents, the record."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
