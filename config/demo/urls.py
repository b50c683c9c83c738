"""Addresses that exist only in a demonstration."""

from django.urls import URLPattern, path

from config.demo import views

urlpatterns: list[URLPattern] = [
    path("", views.demo_people, name="demo_people"),
    path("zegar/", views.demo_clock, name="demo_clock"),
    path("poczta/", views.demo_mail, name="demo_mail"),
    path("glosowanie.csv", views.demo_roll_call, name="demo_roll_call"),
]
