"""Addresses of the plan and of the council's calendar."""

from django.urls import path

from consultations.views import plan, sessions

urlpatterns = [
    path("k/<slug:slug>/plan/", plan.plan, name="plan"),
    path("biuro/k/<slug:slug>/plan/", plan.move_day, name="move_day"),
    path("rada/sesje/", sessions.sessions, name="sessions"),
    path("rada/sesje/nowa/", sessions.add_session, name="add_session"),
    path("rada/sesje/<int:session>/zmien/", sessions.change_session, name="change_session"),
    path("rada/sesje/<int:session>/odwolaj/", sessions.cancel_session, name="cancel_session"),
]
