"""Addresses of sockets; each declares its policy, and a test walks them all."""

from django.urls import path, re_path

from notifications.consumers import Live, Nowhere

sockets = [
    path("ws/", Live.as_asgi(), name="live"),
    re_path(r"", Nowhere.as_asgi()),
]
