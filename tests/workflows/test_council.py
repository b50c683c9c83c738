"""Pages of the council: the clerk's acts, the roll call looked over first, who reads what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from consultations import calendar
from consultations.models import Actor, CouncilFile, Draft
from consultations.models.clock import move_to, now
from consultations.services import opinions
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, open_step
from tests.world import World, staff
from workflows import services
from workflows.roll_calls import Row, write

COUNCIL_ACTS = (
    "give_print_number",
    "schedule_session",
    "send_back_draft",
    "record_vote",
    "adopt_draft",
    "reject_draft",
)


@pytest.fixture
def clerks(world: World) -> Client:
    return signed_in(world.clerk)


def roll_call(votes_for: int = 40, seats: int = 43, absent: int = 0) -> str:
    votes = ["for"] * votes_for + ["absent"] * absent
    votes += ["against"] * (seats - len(votes))
    return write([Row(f"Radny {n}", "Klub", vote) for n, vote in enumerate(votes, 1)])


def session(text: str, **more: str) -> dict[str, str]:
    return {
        "held_on": calendar.local_day(now()).isoformat(),
        "text": text,
        "source": "system",
    } | more


def test_the_clerk_walks_the_file_to_the_resolution(walk: Walk, clerks: Client) -> None:
    file = walk.submitted()
    move_to(now() + timedelta(days=10))
    today = calendar.local_day(now()).isoformat
    here = reverse("council_file", args=[file.pk])
    for name, data in (
        ("give_print_number", {"print_number": "405"}),
        ("record_vote", session(roll_call(), confirm="1")),
        ("adopt_draft", {"resolution_number": "XXX/1/26", "adopted_on": today()}),
    ):
        assert clerks.get(here).context["step"].url == name
        answer = clerks.post(reverse(name, args=[file.pk]), data)
        assert (answer.status_code, answer["Location"]) == (302, here)
    assert Draft.objects.get().state == "adopted"
    assert clerks.get(here).context["form"] is None


def test_a_lost_vote_is_closed_as_rejected(walk: Walk, clerks: Client) -> None:
    file = walk.voted(votes_for=10)
    assert clerks.get(reverse("reject_draft", args=[file.pk])).status_code == 200
    assert clerks.get(reverse("adopt_draft", args=[file.pk])).status_code == 302
    assert clerks.post(reverse("reject_draft", args=[file.pk])).status_code == 302
    assert Draft.objects.get().state == "rejected"


def test_a_roll_call_is_looked_over_before_it_is_written(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    answer = clerks.post(reverse("record_vote", args=[file.pk]), session(roll_call(30)))
    shown = answer.context
    assert (answer.status_code, shown["vote"].votes_for, shown["vote"].carried) == (200, 30, True)
    assert (shown["quorate"], len(shown["rows"])) == (True, 43)
    assert CouncilFile.objects.get().state == "numbered"
    confirmed = session("", confirm="1") | shown["sent"]
    assert clerks.post(reverse("record_vote", args=[file.pk]), confirmed).status_code == 302
    assert CouncilFile.objects.get().state == "voted"


def test_a_file_in_the_encoding_of_windows_is_read(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    content = roll_call().replace("Radny 1;", "Jan Żuk;").encode("cp1250")
    data = session("") | {"file": SimpleUploadedFile("g.csv", content)}
    answer = clerks.post(reverse("record_vote", args=[file.pk]), data)
    assert answer.context["rows"][0][0] == Row("Jan Żuk", "Klub", "for")


def test_bad_rows_come_back_in_words_and_the_list_can_be_corrected(
    walk: Walk, clerks: Client
) -> None:
    file = walk.numbered()
    text = roll_call().replace("Radny 3;Klub;za", "Radny 3;Klub;może")
    url, english = reverse("record_vote", args=[file.pk]), {"accept-language": "en"}
    answer = clerks.post(url, session(text), headers=english)
    form = answer.context["form"]
    assert (answer.status_code, form["text"].value()) == (422, text)
    wanted = "Write za, przeciw, wstrzymał się, brak głosu or nieobecny."
    assert form.errors["text"] == [f"Row 4, Radny 3: «może» is no vote. {wanted}"]


def test_a_list_that_is_too_short_is_refused(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    answer = clerks.post(reverse("record_vote", args=[file.pk]), session(roll_call(40, 42)))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])


@pytest.mark.parametrize("text", ["", " \n", "radny;klub;głos"])
def test_nothing_at_all_is_refused(walk: Walk, clerks: Client, text: str) -> None:
    file = walk.numbered()
    answer = clerks.post(reverse("record_vote", args=[file.pk]), session(text))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])


def test_without_a_quorum_the_list_cannot_be_confirmed(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    text = roll_call(21, absent=22)
    url = reverse("record_vote", args=[file.pk])
    assert clerks.post(url, session(text)).context["quorate"] is False
    answer = clerks.post(url, session(text, confirm="1"))
    assert (answer.status_code, CouncilFile.objects.get().state) == (409, "numbered")


def test_a_list_is_taken_back_to_be_corrected(walk: Walk, clerks: Client) -> None:
    file, text = walk.numbered(), roll_call()
    answer = clerks.post(reverse("record_vote", args=[file.pk]), session(text, correct="1"))
    assert (answer.status_code, answer.context["form"]["text"].value()) == (200, text)


def test_a_session_of_tomorrow_is_refused_on_its_field(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    tomorrow = (calendar.local_day(now()) + timedelta(days=1)).isoformat()
    data = session(roll_call(), confirm="1") | {"held_on": tomorrow}
    answer = clerks.post(reverse("record_vote", args=[file.pk]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["held_on"])


@pytest.mark.parametrize("who", ["officer", "approver", "councillor", "auditor", "expert", "ngo"])
def test_acts_of_the_council_office_are_for_its_clerks(walk: Walk, who: str) -> None:
    file = walk.submitted()
    person = signed_in(getattr(walk.world, who))
    urls = [reverse(name, args=[file.pk]) for name in COUNCIL_ACTS]
    assert {person.post(url).status_code for url in urls} == {403}


@pytest.mark.parametrize("who", ["clerk", "councillor", "officer", "auditor"])
def test_the_council_reads_its_files_at_every_stage(walk: Walk, who: str) -> None:
    person = signed_in(getattr(walk.world, who))
    assert person.get(reverse("council")).status_code == 200
    file = walk.voted()
    assert person.get(reverse("council")).status_code == 200
    answer = person.get(reverse("council_file", args=[file.pk]))
    assert (answer.status_code, answer.context["form"] is None) == (200, who != "clerk")


@pytest.mark.parametrize("who", ["ngo", "outsider"])
def test_files_of_the_council_are_not_for_everybody(walk: Walk, who: str) -> None:
    file = walk.submitted()
    person = signed_in(getattr(walk.world, who))
    urls = (reverse("council"), reverse("council_file", args=[file.pk]))
    assert [person.get(url).status_code for url in urls] == [403, 403]


IN_ENGLISH = {"accept-language": "en"}


def test_the_file_shows_ordinance_opinions_reading_and_session(walk: Walk, clerks: Client) -> None:
    draft, today = walk.closed().draft, calendar.local_day(now())
    opinion = opinions.request_opinion(
        draft, body="krdpp", delivered_on=today, by=walk.world.officer
    )
    opinions.give_opinion(
        opinion, outcome="with_remarks", remarks="Więcej środków.", by=secretary()
    )
    services.finish_review(draft, by=walk.world.officer)
    file = services.submit_to_council(
        draft, ordinance_number="2810/2026", ordinance_on=today, by=walk.world.officer
    )
    services.give_print_number(file, print_number="405", by=walk.world.clerk)
    here = reverse("council_file", args=[file.pk])
    assert "not on an agenda yet" in clerks.get(here, headers=IN_ENGLISH).text
    day = {"session_number": "XLI", "session_on": (today + timedelta(days=9)).isoformat()}
    assert clerks.post(reverse("schedule_session", args=[file.pk]), day).status_code == 302
    page = clerks.get(here, headers=IN_ENGLISH).text
    session_on = date_format(today + timedelta(days=9), "j E Y")
    for words in ("2810/2026", "one, before the vote", f"XLI, {session_on}", "Więcej środków."):
        assert words in page
    public = clerks.get(reverse("roll_call", args=["program-2027"]), headers=IN_ENGLISH).text
    assert f"on the agenda of session XLI, {session_on}" in public


def secretary() -> Actor:
    return staff("sekretarz@krdpp.test", "krdpp_secretary")


def test_another_day_can_be_set_until_the_vote(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    url = reverse("schedule_session", args=[file.pk])
    for number in ("XLI", "XLII"):
        clerks.post(url, {"session_number": number, "session_on": "2026-10-21"})
    assert CouncilFile.objects.get().session_number == "XLII"
    assert clerks.get(url).context["form"].initial["session_number"] == "XLII"
    walk.world.voted(file)
    assert clerks.get(url).status_code == 302
    assert clerks.post(url, {"session_number": "1", "session_on": "2026-10-21"}).status_code == 409


def test_a_draft_sent_back_is_reviewed_again_and_comes_in_another_file(
    walk: Walk, clerks: Client, client: Client
) -> None:
    file = walk.numbered()
    url = reverse("send_back_draft", args=[file.pk])
    assert clerks.post(url, {"because": " "}).status_code == 422
    assert clerks.post(url, {"because": "Brak skutków finansowych."}).status_code == 302
    assert CouncilFile.objects.get().state == "sent_back"
    draft = Draft.objects.get()
    assert (draft.state, open_step(draft)) == ("comment_review", "review_comments")
    public = client.get(reverse("roll_call", args=["program-2027"])).text
    assert "Brak skutków finansowych." in public
    services.finish_review(draft, by=walk.world.officer)
    again = services.submit_to_council(draft, by=walk.world.officer)
    old = clerks.get(reverse("council_file", args=[file.pk])).context
    assert (old["newer"], old["form"], old["beside"]) == (again, None, [])
    new = clerks.get(reverse("council_file", args=[again.pk])).context
    assert new["step"].url == "give_print_number"


def test_a_withdrawn_draft_says_so_and_offers_no_act(walk: Walk, clerks: Client) -> None:
    file = walk.numbered()
    services.withdraw_draft(file.draft, because="Nowa ustawa.", by=walk.world.officer)
    for name in COUNCIL_ACTS:
        assert clerks.get(reverse(name, args=[file.pk])).status_code == 302
    page = clerks.get(reverse("council_file", args=[file.pk]))
    assert (page.context["form"], page.context["beside"]) == (None, [])
    assert "Nowa ustawa." in page.text
    assert "Nowa ustawa." in clerks.get(reverse("roll_call", args=["program-2027"])).text


@pytest.mark.parametrize("who", ["clerk", "officer"])
def test_where_the_resolution_appeared_is_recorded_for_everybody(
    walk: Walk, client: Client, who: str
) -> None:
    draft = walk.adopted()
    person = signed_in(getattr(walk.world, who))
    url = reverse("record_publication", args=[draft.council_files.get().pk])
    bip = {"place": "bip", "address": "https://bip.test/792", "published_on": "2026-10-09"}
    journal = {"place": "journal", "address": "poz. 7123", "published_on": "2026-10-09"}
    for data in (bip, journal, bip):
        assert person.post(url, data).status_code == 302
    assert draft.publications.count() == 2
    page = client.get(reverse("document", args=["program-2027"])).text
    assert '<a class="govuk-link" href="https://bip.test/792">' in page
    assert "poz. 7123" in page


WRONG = {
    "place": {"place": "gdzieś"},
    "address": {"address": " ."},
    "published_on": {"published_on": "2030-01-01"},
}


@pytest.mark.parametrize("field", WRONG)
def test_a_publication_that_cannot_be_is_refused_on_its_field(
    walk: Walk, clerks: Client, field: str
) -> None:
    draft = walk.adopted()
    url = reverse("record_publication", args=[draft.council_files.get().pk])
    right = {"place": "bip", "address": "https://bip.test/1", "published_on": "2026-10-09"}
    answer = clerks.post(url, right | WRONG[field])
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert draft.publications.count() == 0


def test_only_what_was_adopted_is_published(walk: Walk, clerks: Client) -> None:
    file = walk.voted()
    url = reverse("record_publication", args=[file.pk])
    assert clerks.get(url).status_code == 302
    data = {"place": "bip", "address": "https://bip.test/1", "published_on": "2026-10-01"}
    assert clerks.post(url, data).status_code == 409


@pytest.mark.parametrize("who", ["approver", "councillor", "auditor", "expert", "ngo"])
def test_others_record_no_publication(walk: Walk, who: str) -> None:
    file = walk.adopted().council_files.get()
    person = signed_in(getattr(walk.world, who))
    assert person.post(reverse("record_publication", args=[file.pk])).status_code == 403


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "This day has not come yet"), (-1, "no resolution is older than its vote")],
)
def test_a_resolution_is_of_the_day_of_its_vote(
    walk: Walk, clerks: Client, days: int, words: str
) -> None:
    file = walk.voted()
    day = calendar.local_day(now()) + timedelta(days=days)
    sent = {"resolution_number": "XXX/1/26", "adopted_on": day.isoformat()}
    english = {"accept-language": "en"}
    page = clerks.post(reverse("adopt_draft", args=[file.pk]), sent, headers=english)
    assert (page.status_code, Draft.objects.get().state) == (422, "council_vote")
    assert words in page.content.decode()
    assert 'value="XXX/1/26"' in page.content.decode()
