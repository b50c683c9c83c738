"""Addresses of what there is: pages for everybody, pages of the office."""

from consultations.urls import office, public

urlpatterns = [*public.urlpatterns, *office.urlpatterns]
