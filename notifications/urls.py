"""Addresses of the inbox, and what open pages ask when no socket can be opened."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("powiadomienia/", views.inbox, name="inbox"),
    path("powiadomienia/<int:number>/", views.read_notice, name="read_notice"),
    path("powiadomienia/odczytane/", views.read_all, name="read_all"),
    path("na-zywo/", views.live_poll, name="live_poll"),
]
