"""Pages about the service itself, and the pages shown when something goes wrong."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import check_for_language
from django.views import i18n
from django.views.decorators.http import condition, require_safe

from config import source
from config.keeping import TABLE
from consultations.access import access
from notifications.services import remember_language

# The statement describes this version of the program: change the days when you review it.
STATEMENT_PREPARED = date(2026, 11, 25)
STATEMENT_REVIEWED = date(2026, 11, 25)


@access("public")
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and of later e-mails to whoever is signed in."""
    actor, language = getattr(request, "actor", None), request.POST.get("language", "")
    if actor is not None and check_for_language(language):
        remember_language(language, by=actor)
    return i18n.set_language(request)


@access("public")
@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Accessibility statement (deklaracja dostępności), Act of 4 April 2019, art. 10."""
    facts = {
        "published": settings.PUBLISHED_ON,
        "prepared": STATEMENT_PREPARED,
        "reviewed": STATEMENT_REVIEWED,
        "site": settings.ORIGIN,
        "building": settings.BUILDING,
    }
    return render(request, "config/accessibility_statement.html", facts)


@access("public")
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why and for how long (GDPR, art. 13): the table of `keeping`."""
    facts = {
        "address": settings.ADDRESS,
        "dpo": settings.DPO,
        "kept": settings.KEPT,
        "table": TABLE,
    }
    return render(request, "config/privacy.html", facts)


@access("public")
@require_safe
def source_code(request: HttpRequest) -> HttpResponse:
    """Where the source of the running version is (AGPL, section 13)."""
    facts = {"version": source.version(), "archive": source.archive()}
    return render(request, "config/source_code.html", facts)


def _fingerprint(_request: HttpRequest) -> str:
    return f'"{source.archive().fingerprint}"'


@access("public")
@require_safe
@condition(etag_func=_fingerprint)
def source_archive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The source itself."""
    archive = source.archive()
    response = HttpResponse(archive.content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{archive.name}"'
    return response


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Drawn without the request's context, so without the database: it may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)
