"""Addresses of what there is: pages for everybody, of organisations, of the office."""

from consultations.urls import office, organisations, public

urlpatterns = [*public.urlpatterns, *organisations.urlpatterns, *office.urlpatterns]
