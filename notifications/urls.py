"""Addresses of the inbox, of the office's letters, and what open pages ask without a socket."""

from django.urls import path

from notifications import office, sending, views

urlpatterns = [
    path("powiadomienia/", views.inbox, name="inbox"),
    path("powiadomienia/<int:number>/", views.read_notice, name="read_notice"),
    path("powiadomienia/odczytane/", views.read_all, name="read_all"),
    path("powiadomienia/e-maile/", views.choose_emails, name="choose_emails"),
    path("biuro/szablony/", office.letter_templates, name="letter_templates"),
    path("biuro/k/<slug:slug>/wysylka/", sending.sending, name="sending"),
    path("na-zywo/", views.live_poll, name="live_poll"),
]
