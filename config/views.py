"""Pages about the service itself, and the pages shown when something goes wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import access


@access("public")
@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Accessibility statement (deklaracja dostępności), Act of 4 April 2019, art. 10."""
    return render(request, "config/accessibility_statement.html")


@access("public")
@require_safe
def source_code(request: HttpRequest) -> HttpResponse:
    """Where the source of the running version is (AGPL, section 13)."""
    return render(request, "config/source_code.html")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database: it may be what broke."""
    return render(request, "500.html", status=500)
