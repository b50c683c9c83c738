"""Addresses of the road: tasks, the control room, the acts that move a draft, the council."""

from django.urls import path

from workflows.views import council, desk, desk_marks, rounds, sideways, vote_grid, voting

urlpatterns = [
    path("zadania/", desk.my_tasks, name="my_tasks"),
    path("biuro/projekty/nowy/", rounds.register_draft, name="register_draft"),
    path("biuro/k/<slug:slug>/", desk.control_room, name="control_room"),
    path("biuro/k/<slug:slug>/oglos/", rounds.announce_consultation, name="announce_consultation"),
    path("biuro/k/<slug:slug>/zakoncz/", rounds.finish_review, name="finish_review"),
    path("biuro/k/<slug:slug>/do-rady/", rounds.submit_to_council, name="submit_to_council"),
    path("biuro/k/<slug:slug>/sprostowanie/", sideways.correct_notice, name="correct_notice"),
    path(
        "biuro/k/<slug:slug>/przedluz/", sideways.prolong_consultation, name="prolong_consultation"
    ),
    path("biuro/k/<slug:slug>/odwolaj/", sideways.cancel_consultation, name="cancel_consultation"),
    path("biuro/k/<slug:slug>/wycofaj/", sideways.withdraw_draft, name="withdraw_draft"),
    path("biuro/k/<slug:slug>/znak/", sideways.number_draft_case, name="number_draft_case"),
    path("rada/", council.council, name="council"),
    path("rada/k/<slug:slug>/notatka/", desk_marks.write_note, name="write_note"),
    path("rada/k/<slug:slug>/widziane/", desk_marks.mark_draft_seen, name="mark_draft_seen"),
    path("rada/<int:pk>/", council.council_file, name="council_file"),
    path("rada/<int:pk>/druk/", council.give_print_number, name="give_print_number"),
    path("rada/<int:pk>/sesja/", council.schedule_session, name="schedule_session"),
    path("rada/<int:pk>/odeslanie/", council.send_back_draft, name="send_back_draft"),
    path("rada/<int:pk>/glosowanie/", voting.record_vote, name="record_vote"),
    path("rada/<int:pk>/glosowanie/potwierdzenie/", voting.confirm_vote, name="confirm_vote"),
    path("rada/<int:pk>/glosowanie/imienne/", vote_grid.vote_by_name, name="vote_by_name"),
    path("rada/<int:pk>/glosowanie/zwrot/", voting.return_vote, name="return_vote"),
    path("rada/<int:pk>/sprostowanie/", voting.correct_vote, name="correct_vote"),
    path("rada/<int:pk>/reasumpcja/", voting.repeat_vote, name="repeat_vote"),
    path("rada/<int:pk>/uchwala/", council.adopt_draft, name="adopt_draft"),
    path("rada/<int:pk>/odrzucenie/", council.reject_draft, name="reject_draft"),
    path("rada/<int:pk>/publikacja/", council.record_publication, name="record_publication"),
]
