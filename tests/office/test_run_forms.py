"""What a run asks before anything happens: an answer with a phrase, a department with a day."""

from datetime import timedelta

from django.urls import reverse

from consultations import calendar
from consultations.models import Phrase
from consultations.models.clock import now
from consultations.services.phrases import add_phrase
from tests.office.pages import as_, text_of
from tests.office.runs import admitted, prepared, to_the_end
from tests.world import World


def test_a_phrase_gives_the_reasons_where_none_are_typed(world: World) -> None:
    consultation = admitted(world, 2)
    run = prepared(consultation, "answer", world.officer)
    place = reverse("run", args=[consultation.slug, run.pk])
    assert "Saved phrase" not in text_of(as_(world.officer).get(place))
    phrase = add_phrase(name="Termin", text="Uwaga {numer}: zostaje 21 dni.", by=world.officer)
    sent = {"outcome": "rejected", "phrase": phrase.pk, "reasons": " "}
    page = as_(world.officer).post(place, sent, follow=True)
    assert "Uwaga 2: zostaje 21 dni." in text_of(page)
    as_(world.officer).post(reverse("start_run", args=[consultation.slug, run.pk]))
    to_the_end(run)
    given = [one.given_answer.reasons for one in consultation.comments.order_by("number")]
    assert given == [f"Uwaga {number}: zostaje 21 dni." for number in (1, 2)]
    assert Phrase.objects.get().used == 2


def test_reasons_that_were_typed_stay(world: World) -> None:
    consultation = admitted(world, 1)
    phrase = add_phrase(name="Termin", text="Zostaje 21 dni.", by=world.officer)
    run = prepared(consultation, "answer", world.officer)
    sent = {"outcome": "rejected", "phrase": phrase.pk, "reasons": "Inaczej."}
    as_(world.officer).post(reverse("run", args=[consultation.slug, run.pk]), sent)
    run.refresh_from_db()
    assert run.asked["reasons"] == "Inaczej."


def test_without_reasons_and_phrase_it_is_refused_with_everything_kept(world: World) -> None:
    consultation = admitted(world, 1)
    run = prepared(consultation, "answer", world.officer)
    place = reverse("run", args=[consultation.slug, run.pk])
    for phrase in ("", "999", "x" * 50):
        page = as_(world.officer).post(place, {"outcome": "rejected", "phrase": phrase})
        assert page.status_code == 422
        assert "Give the reasons" in text_of(page)
    partly = as_(world.officer).post(place, {"outcome": "partly", "reasons": "Tak."})
    assert "Say in which part the comment is accepted." in text_of(partly)


def test_a_department_gets_the_day_that_was_chosen(world: World) -> None:
    consultation = admitted(world, 1)
    run = prepared(consultation, "assign", world.officer)
    day = calendar.local_day(now()) + timedelta(days=4)
    sent = {"department": "budzet", "due_on": day.isoformat()}
    as_(world.officer).post(reverse("run", args=[consultation.slug, run.pk]), sent)
    as_(world.officer).post(reverse("start_run", args=[consultation.slug, run.pk]))
    to_the_end(run)
    assert consultation.comments.get().due_on == day
