"""Addresses of the road: tasks, the control room, the acts that move a draft, the council."""

from django.urls import path

from workflows.views import council, desk, rounds

urlpatterns = [
    path("zadania/", desk.my_tasks, name="my_tasks"),
    path("biuro/projekty/nowy/", rounds.register_draft, name="register_draft"),
    path("biuro/k/<slug:slug>/", desk.control_room, name="control_room"),
    path("biuro/k/<slug:slug>/oglos/", rounds.announce_consultation, name="announce_consultation"),
    path("biuro/k/<slug:slug>/zakoncz/", rounds.finish_review, name="finish_review"),
    path("biuro/k/<slug:slug>/do-rady/", rounds.submit_to_council, name="submit_to_council"),
    path("rada/", council.council, name="council"),
    path("rada/<int:pk>/", council.council_file, name="council_file"),
    path("rada/<int:pk>/druk/", council.give_print_number, name="give_print_number"),
    path("rada/<int:pk>/glosowanie/", council.record_vote, name="record_vote"),
    path("rada/<int:pk>/uchwala/", council.adopt_draft, name="adopt_draft"),
    path("rada/<int:pk>/odrzucenie/", council.reject_draft, name="reject_draft"),
]
