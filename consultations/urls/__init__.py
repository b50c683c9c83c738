"""Addresses of what there is: pages for everybody, of organisations, of the office, of the plan."""

from consultations.urls import office, organisations, planning, public

urlpatterns = [
    *public.urlpatterns,
    *organisations.urlpatterns,
    *office.urlpatterns,
    *planning.urlpatterns,
]
