"""Accounts: signing in by a code from an e-mail, and which of allauth's pages are open."""

from typing import Any

from allauth.account import urls as allauth_urls
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import URLPattern

from consultations.access import access

# allauth's views that are mounted, with the action each asks for; the others do not exist here.
MOUNTED = {
    "account_login": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_signup": "public",
    "account_email_verification_sent": "public",
    "account_logout": "public",
    "account_inactive": "public",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """A new login gets its nameless actor by `User.save`; nobody needs a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return True

    def format_email_subject(self, subject: str) -> str:
        return subject

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's signature
        user.set_unusable_password()
        return super().save_user(request, user, form, commit)


def patterns() -> list[URLPattern]:
    """allauth's mounted views, each with its declared policy."""
    found = [one for one in allauth_urls.urlpatterns if one.name in MOUNTED]
    for one in found:
        one.callback = access(MOUNTED[str(one.name)])(one.callback)
    return found
