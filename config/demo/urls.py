"""Addresses that exist only in a demonstration."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
