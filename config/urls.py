"""Every address; each view declares its policy, and a test walks them all."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import accounts, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("consultations.urls")),
    path("", include("workflows.urls")),
    path("", include("notifications.urls")),
    path("konto/", include(accounts.patterns())),
    path("jezyk/", views.set_language, name="set_language"),
    path("dostepnosc/", views.accessibility_statement, name="accessibility_statement"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("kod/", views.source_code, name="source_code"),
    path("kod/uwaga.zip", views.source_archive, name="source_archive"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("config.demo.urls")))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
