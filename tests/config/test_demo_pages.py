"""The bar over the demonstration: stepping in and out, a clock that never goes back, the post."""

from datetime import timedelta
from importlib import reload
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config import serving, urls
from config.demo import people
from config.demo.enrol import enrol
from config.demo.post import letters
from config.demo.steps import next_deadline
from consultations.models import User
from consultations.models.clock import move_to, now
from tests.workflows.walk import Walk, fresh
from tests.world import BEGINNING, World

OFFICER = "marta.wisniak@przykladowo.example"
RESIDENT = "halina.kostrzewiak@poczta.example"
CLERK = "barbara.ciesielniak@przykladowo.example"
GUEST = "gość"


@pytest.fixture
def cast(db: None) -> None:
    """Everybody, and nothing that happened."""
    move_to(BEGINNING)
    enrol()


def step_in(client: Client, who: str, **data: str) -> Any:
    return client.post(reverse("demo_people"), {"who": who} | data)


def signed_in_as(client: Client) -> str | None:
    user = client.get("/").wsgi_request.user
    return user.email if user.is_authenticated else None


def test_one_steps_into_a_role_and_out_again(cast: None, client: Client) -> None:
    step_in(client, OFFICER)
    as_officer = signed_in_as(client)
    step_in(client, RESIDENT)
    as_resident = signed_in_as(client)
    step_in(client, GUEST)
    assert (as_officer, as_resident, signed_in_as(client)) == (OFFICER, RESIDENT, None)


def test_only_the_cast_can_be_stepped_into(cast: None, client: Client) -> None:
    stranger = "nowa@poczta.test"
    User.objects.create_user(stranger)
    response = step_in(client, stranger)
    assert (response.url, signed_in_as(client)) == (reverse("demo_people"), None)


def test_stepping_in_demands_a_form_of_ours(cast: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert step_in(strict, OFFICER).status_code == 403
    assert signed_in_as(strict) is None


@pytest.mark.parametrize(
    ("who", "page", "lands"),
    [
        (RESIDENT, "/dokumenty/?strona=2", "/dokumenty/?strona=2"),
        (RESIDENT, "/biuro/", "/"),
        (GUEST, "/zadania/", "/"),
        (OFFICER, "/biuro/", "/biuro/"),
        (OFFICER, "", "/zadania/"),
        (CLERK, "", "/rada/"),
        (OFFICER, "https://elsewhere.test/", "/zadania/"),
        (OFFICER, "/no-such-page/", "/zadania/"),
    ],
)
def test_one_stays_on_the_page_unless_the_role_may_not_open_it(
    cast: None, client: Client, who: str, page: str, lands: str
) -> None:
    assert step_in(client, who, next=page).url == lands


def test_the_page_of_people_has_a_button_for_everybody_with_their_role(
    cast: None, client: Client
) -> None:
    page = client.get(reverse("demo_people")).content.decode()
    faces = people.faces()
    assert len(faces) == 28
    assert [face.email for face in faces if f'name="who" value="{face.email}"' not in page] == []
    assert "<b>Marta Wiśniak</b> <span>" in page


def test_the_bar_offers_the_main_people(cast: None, client: Client) -> None:
    page = client.get("/").content.decode()
    options = [email for email in people.MAIN if f'<option value="{email}"' in page]
    assert options == list(people.MAIN)


def test_the_clock_goes_an_hour_and_a_day(cast: None, client: Client) -> None:
    before = now()
    client.post(reverse("demo_clock"), {"step": "hour"})
    after_an_hour = now()
    client.post(reverse("demo_clock"), {"step": "day"})
    assert minutes(after_an_hour - before) == 60
    assert minutes(now() - after_an_hour) == 24 * 60


@pytest.mark.parametrize("step", ["", "back", "-1", "deadline"])
def test_the_clock_never_goes_back(cast: None, client: Client, step: str) -> None:
    before = now()
    client.post(reverse("demo_clock"), {"step": step})
    assert before <= now()
    assert minutes(now() - before) == 0


def minutes(length: timedelta) -> int:
    return round(length.total_seconds() / 60)


def test_the_next_deadline_opens_and_closes_at_once(world: World, client: Client) -> None:
    consultation = Walk(world).announced()
    seen = []
    for _step in range(3):
        client.post(reverse("demo_clock"), {"step": "deadline"})
        consultation = fresh(consultation)
        seen.append((consultation.state, consultation.draft.state))
    assert seen == [("open", "public_consultation"), *[("closed", "comment_review")] * 2]


def test_the_bar_says_what_the_next_deadline_is(world: World, client: Client) -> None:
    Walk(world).announced()
    with translation.override("en"):
        deadline = next_deadline()
    assert deadline is not None
    assert deadline.words == "opening on 8 September"


@pytest.fixture
def post(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder for e-mail, written as the demonstration writes it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_DIR = tmp_path
    return tmp_path


def send(subject: str, text: str) -> None:
    EmailMessage(subject, text, "urzad@miasto.test", ["anna@mosty.test"]).send()


def test_the_post_shows_letters_newest_first_with_their_code(post: Path) -> None:
    send("Pierwszy", "Zażółć gęślą jaźń.\n\nKwota 123456 zł.")
    send("Drugi: kod", "Twój kod:\n\n654321\n\nDziękujemy.")
    first, second = letters(post)
    assert (first.subject, first.code, first.to) == ("Drugi: kod", "654321", "anna@mosty.test")
    assert (second.text, second.code) == ("Zażółć gęślą jaźń.\n\nKwota 123456 zł.", "")


def test_several_letters_sent_at_once_are_told_apart(post: Path) -> None:
    with get_connection() as connection:
        for number in (1, 2):
            EmailMessage(f"Nr {number}", "x", to=["a@b.test"], connection=connection).send()
    assert [letter.subject for letter in letters(post)] == ["Nr 2", "Nr 1"]


def test_the_post_never_makes_html_of_a_letter(cast: None, client: Client, post: Path) -> None:
    send("<b>x</b>", "<script>alert(1)</script>")
    page = client.get(reverse("demo_mail")).content.decode()
    assert ("<b>x</b>" in page, "<script>alert" in page) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_empty_post_says_so(cast: None, client: Client, post: Path) -> None:
    assert "uw-empty" in client.get(reverse("demo_mail")).content.decode()


def test_the_roll_call_to_try_with_names_the_whole_council(cast: None, client: Client) -> None:
    response = client.get(reverse("demo_roll_call"))
    rows = b"".join(response).decode().splitlines()
    assert (rows[0], len(rows)) == ("radny;klub;głos", 44)


def test_without_the_demonstration_its_pages_do_not_exist(settings: LazySettings) -> None:
    settings.DEMO = False
    try:
        names = {one.pattern._route for one in reload(urls).urlpatterns}
    finally:
        settings.DEMO = True
        reload(urls)
    assert ("demo/" in names, "kod/" in names) == (False, True)


def test_filling_is_refused_where_there_is_no_demonstration(settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="UWAGA_DEMO=1"):
        call_command("demo", "--no-serve")


def test_the_database_of_another_site_is_left_alone(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("anna@mosty.test")
    monkeypatch.setattr(serving, "bring_up_to_date", lambda: False)
    with pytest.raises(CommandError, match="holds another site"):
        call_command("demo", "--no-serve")
    assert User.objects.count() == 1


def test_a_filled_demonstration_is_not_filled_again(
    cast: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = User.objects.count()
    monkeypatch.setattr(serving, "bring_up_to_date", lambda: False)
    call_command("demo", "--no-serve")
    assert User.objects.count() == before
