"""Pages of the office: documents, import, the queue of comments and every act on a comment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
