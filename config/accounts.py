"""Accounts: signing in by a code from an e-mail, and which of allauth's pages are open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, cast

from allauth.account import urls as allauth_urls
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from consultations.access import access

# allauth's views that are mounted; the others do not exist here. All are open to everybody.
MOUNTED = (
    "account_request_login_code",
    "account_confirm_login_code",
    "account_signup",
    "account_email_verification_sent",
    "account_logout",
    "account_inactive",
)
View = Callable[..., HttpResponse]


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """A new login gets its nameless actor by `User.save`; nobody needs a password."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code we sent. Check the newest e-mail and type its six digits."
        ),
        "too_many_login_attempts": _(
            "Too many tries. For safety we stopped; ask for a new code in a few minutes."
        ),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return True

    def format_email_subject(self, subject: str) -> str:
        return subject

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's signature
        user.set_unusable_password()
        user.name = form.cleaned_data.get("name", "").strip()
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Subjects are drawn without a request, so the city's name is handed in."""
        super().send_mail(template_prefix, email, {"city": settings.CITY} | context)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Who signs up twice is told by e-mail only: the page never says who has an account."""
        url = self.request.build_absolute_uri(reverse("account_request_login_code"))
        self.send_mail("account/email/account_already_exists", email, {"sign_in_url": url})


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """allauth sends people here; there is one way to sign in, so that page opens."""
    return HttpResponseRedirect(_with_next(request, reverse("account_request_login_code")))


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def own_addresses(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """allauth's page of one's addresses, which does not exist here: the start page opens."""
    return redirect("home")


def _with_next(request: HttpRequest, url: str) -> str:
    wanted = request.POST.get("next") or request.GET.get("next")
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


def keeping_next(view: View) -> View:
    """After too many wrong codes one begins anew; the page one came for is not forgotten."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        start = reverse("account_request_login_code")
        if isinstance(response, HttpResponseRedirect) and response.url == start:
            return HttpResponseRedirect(_with_next(request, start))
        return response

    return inner


def patterns() -> list[URLPattern]:
    """allauth's mounted views and the two we put in place of its own."""
    return [
        *[_declared(one) for one in allauth_urls.urlpatterns if one.name in MOUNTED],
        path("logowanie/", sign_in, name="account_login"),
        path("adresy/", own_addresses, name="account_email"),
    ]


def _declared(one: URLPattern) -> URLPattern:
    view = access("public")(keeping_next(cast("View", one.callback)))
    return URLPattern(one.pattern, view, one.default_args, one.name)
