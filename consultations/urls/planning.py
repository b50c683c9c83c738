"""Addresses of the plan and of the council's calendar."""

from django.urls import path

from consultations.views import afterwards, plan, sessions, terms

urlpatterns = [
    path("k/<slug:slug>/plan/", plan.plan, name="plan"),
    path("biuro/k/<slug:slug>/plan/", plan.move_day, name="move_day"),
    path("rada/sesje/", sessions.sessions, name="sessions"),
    path("rada/sesje/nowa/", sessions.add_session, name="add_session"),
    path("rada/sesje/<int:session>/zmien/", sessions.change_session, name="change_session"),
    path("rada/sesje/<int:session>/odwolaj/", sessions.cancel_session, name="cancel_session"),
    path("k/<slug:slug>/terminy.ics", terms.draft_calendar, name="draft_calendar"),
    path("k/<slug:slug>/wykonanie/", afterwards.after_adoption, name="after_adoption"),
    path(
        "biuro/k/<slug:slug>/wejscie-w-zycie/", afterwards.enter_into_force, name="enter_into_force"
    ),
    path(
        "biuro/k/<slug:slug>/sprawozdanie/",
        afterwards.file_execution_report,
        name="file_execution_report",
    ),
    path("terminy.ics", terms.all_calendar, name="all_calendar"),
]
