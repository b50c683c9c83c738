"""Addresses of the road: tasks, the control room, the acts that move a draft, the council."""

from django.urls import path

from workflows.views import (
    council,
    desk,
    desk_marks,
    exceptions,
    readings,
    road,
    rounds,
    sideways,
    terms,
    vote_grid,
    voting,
)

urlpatterns = [
    path("zadania/", desk.my_tasks, name="my_tasks"),
    path("moje/terminy.ics", terms.own_calendar, name="own_calendar"),
    path("terminy/<str:token>.ics", terms.own_calendar_by_token, name="own_calendar_by_token"),
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
    path("biuro/k/<slug:slug>/ponownie/", sideways.consult_again, name="consult_again"),
    path("biuro/k/<slug:slug>/wycofaj/", sideways.withdraw_draft, name="withdraw_draft"),
    path("biuro/k/<slug:slug>/znak/", sideways.number_draft_case, name="number_draft_case"),
    path("k/<slug:slug>/droga/", road.road, name="road"),
    path("k/<slug:slug>/droga.bpmn", road.road_bpmn, name="road_bpmn"),
    path(
        "biuro/k/<slug:slug>/odstepstwo/<slug:guard>/", exceptions.ask_override, name="ask_override"
    ),
    path("biuro/odstepstwa/<int:override>/", exceptions.override, name="override"),
    path(
        "biuro/odstepstwa/<int:override>/zgoda/", exceptions.grant_override, name="grant_override"
    ),
    path(
        "biuro/odstepstwa/<int:override>/odmowa/",
        exceptions.refuse_override,
        name="refuse_override",
    ),
    path(
        "biuro/odstepstwa/<int:override>/wycofanie/",
        exceptions.withdraw_override,
        name="withdraw_override",
    ),
    path("rada/", council.council, name="council"),
    path("rada/k/<slug:slug>/notatka/", desk_marks.write_note, name="write_note"),
    path("rada/k/<slug:slug>/widziane/", desk_marks.mark_draft_seen, name="mark_draft_seen"),
    path("rada/<int:pk>/", council.council_file, name="council_file"),
    path("rada/<int:pk>/druk/", council.give_print_number, name="give_print_number"),
    path("rada/<int:pk>/sesja/", council.schedule_session, name="schedule_session"),
    path("rada/<int:pk>/zdjecie/", readings.take_off_agenda, name="take_off_agenda"),
    path("rada/<int:pk>/wniosek/", readings.move_two_readings, name="move_two_readings"),
    path("rada/<int:pk>/decyzja/", readings.decide_two_readings, name="decide_two_readings"),
    path("rada/<int:pk>/poczatek/", readings.begin_reading, name="begin_reading"),
    path("rada/<int:pk>/czytanie/", readings.hold_reading, name="hold_reading"),
    path("rada/<int:pk>/czytanie-1/", readings.hold_first_reading, name="hold_first_reading"),
    path("rada/<int:pk>/terminy/", readings.set_deadlines, name="set_deadlines"),
    path("rada/<int:pk>/czytanie-2/", readings.hold_second_reading, name="hold_second_reading"),
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
