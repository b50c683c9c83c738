"""Organisations and mandates: a person's own pages, what signatories decide, the office's pages."""

from django.urls import path

from consultations.views import mandates, organisations

MINE = "moje/organizacje"
OFFICE = "biuro/organizacje"
MANDATE = "umocowania/<int:mandate>"

urlpatterns = [
    path(f"{MINE}/", mandates.my_organisations, name="my_organisations"),
    path(f"{MINE}/dolacz/", mandates.find_organisation, name="find_organisation"),
    path(f"{MINE}/nowa/", mandates.register_organisation, name="register_organisation"),
    path(f"{MINE}/<int:organisation>/", mandates.my_organisation, name="my_organisation"),
    path(f"{MINE}/<int:organisation>/dolacz/", mandates.ask_for_mandate, name="ask_for_mandate"),
    path(f"{MINE}/<int:organisation>/zgoda/", mandates.switch_sign_off, name="switch_sign_off"),
    path(f"{MANDATE}/przyznaj/", mandates.grant_mandate, name="grant_mandate"),
    path(f"{MANDATE}/odmow/", mandates.refuse_mandate, name="refuse_mandate"),
    path(f"{MANDATE}/zakoncz/", mandates.end_mandate, name="end_mandate"),
    path(f"{OFFICE}/", organisations.organisations, name="organisations"),
    path(f"{OFFICE}/<int:organisation>/", organisations.organisation, name="organisation"),
    path(
        f"{OFFICE}/<int:organisation>/zweryfikuj/",
        organisations.verify_organisation,
        name="verify_organisation",
    ),
]
