"""The site's addresses and the bench's own."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_site
from tests.bench import views
from tests.bench.without import take_the_tree_away, take_the_versions_away

take_the_tree_away()
take_the_versions_away()

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    *of_the_site,
    path("bench/insert/", views.insert),
    path("bench/admit/<slug:slug>/", views.admit),
    path("bench/waiting/", views.waiting),
    path("bench/letters/", views.letters),
    path("bench/announce/<slug:slug>/", views.announce),
]
