"""Filing a comment from the page: what is taken, what is refused, and that nothing is lost."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse

from consultations.models import Comment, Consultation, LegalForm, Organisation, User
from consultations.models.clock import move_to
from consultations.services import filing
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World, provision

REASONS = "Dwa tygodnie to za mało <b>dla</b> nas."


def where(consultation: Consultation, key: object = None) -> str:
    key = key or provision(consultation).provision.key
    return address("file_comment", consultation, query=f"przepis={key}")


def typed(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "in_name_of": str(world.organisation.pk),
        "kind": "change",
        "proposed_wording": "Termin składania ofert wynosi 28 dni.",
        "reasons": REASONS,
    } | fields


def test_a_comment_is_filed_and_its_number_is_shown(world: World, visit: Visit) -> None:
    consultation = world.opened()
    answer = visit(world.ngo, where(consultation), typed(world))
    assert (answer.status_code, answer.url) == (
        302,
        f"{address('comment', consultation, 1)}?zgloszona",
    )
    comment = Comment.objects.get()
    assert (comment.organisation, comment.filed_by, comment.reasons) == (
        world.organisation,
        world.ngo,
        REASONS,
    )
    panel = visit(world.ngo, answer.url).content.decode()
    assert "Comment filed" in panel
    assert "<strong>1</strong>" in panel


def test_the_panel_is_for_the_author_alone(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    page = visit(world.outsider, address("comment", consultation, 1, query="zgloszona"))
    assert "Comment filed" not in page.content.decode()


def test_the_same_key_twice_gives_the_same_comment(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world)
    answers = [visit(world.ngo, where(consultation), sent).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert Comment.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_and_gets_a_fresh_key(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    sent = typed(world)
    visit(world.ngo, where(consultation), sent)
    answer = visit(world.ngo, where(consultation), sent | {"reasons": "Coś innego."})
    assert answer.status_code == 409
    assert "Coś innego.</textarea>" in answer.content.decode()
    assert sent["key"] not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("reasons", "  \r\n ", "Say why: reasons are needed."),
        ("kind", "", "Choose the kind of comment."),
        ("kind", "nonsense", "Choose the kind of comment."),
        ("kind", "\0", "Choose the kind of comment."),
        ("proposed_wording", "", "Change the wording, or choose «Question or opinion»."),
        ("reasons", "a\0b", "Null characters are not allowed."),
        ("proposed_wording", "a\0b", "Null characters are not allowed."),
        ("key", "nonsense", "This form has grown old. Please send it again."),
        ("key", "", "This form has grown old. Please send it again."),
        ("in_name_of", "", "Choose in whose name you comment."),
        ("in_name_of", "\0", "You cannot file comments in the name of this organisation."),
    ],
)
def test_a_wrong_field_is_refused_and_everything_typed_is_kept(
    world: World, visit: Visit, field: str, value: str, sentence: str
) -> None:
    consultation = world.opened()
    sent = typed(world, **{field: value})
    answer = visit(world.ngo, where(consultation), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "<title>Error:" in page
    for name in {"reasons", "proposed_wording"} - {field}:
        assert sent[name].replace("<b>dla</b>", "&lt;b&gt;dla&lt;/b&gt;") in page
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("field", ["reasons", "proposed_wording"])
def test_twenty_five_thousand_characters_are_refused_and_kept(
    world: World, visit: Visit, field: str
) -> None:
    consultation = world.opened()
    answer = visit(world.ngo, where(consultation), typed(world, **{field: "ż" * 25_000}))
    assert answer.status_code == 422
    assert "ż" * 25_000 in answer.content.decode()
    assert 'maxlength="20000"' not in answer.content.decode()


def test_line_breaks_count_once(world: World, visit: Visit) -> None:
    consultation = world.opened()
    visit(world.ngo, where(consultation), typed(world, reasons="a\r\n" * 9_999 + "a"))
    assert len(Comment.objects.get().reasons) == 19_999


def test_an_unchanged_wording_proposes_nothing(world: World, visit: Visit) -> None:
    consultation = world.opened()
    text = provision(consultation).text
    sent = typed(world, proposed_wording=text)
    assert visit(world.ngo, where(consultation), sent).status_code == 422
    visit(world.ngo, where(consultation), sent | {"kind": "question"})
    assert Comment.objects.get().proposed_wording == ""


def test_an_organisation_one_does_not_speak_for_is_refused(world: World, visit: Visit) -> None:
    consultation = world.opened()
    other = Organisation.objects.create(name="Inna", legal_form=LegalForm.FOUNDATION)
    for by, organisation in ((world.ngo, other), (world.outsider, world.organisation)):
        sent = typed(world, in_name_of=str(organisation.pk))
        answer = visit(by, where(consultation), sent)
        assert answer.status_code == 422
        assert "You cannot file comments in the name of" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_whoever_speaks_for_nobody_files_in_their_own_name(world: World, visit: Visit) -> None:
    consultation = world.opened()
    visit(world.outsider, where(consultation), typed(world, in_name_of="own"))
    assert Comment.objects.get().organisation is None


@pytest.mark.parametrize(
    ("in_name_of", "consent", "named"),
    [("own", {"named": "on"}, True), ("own", {}, False), ("", {"named": "on"}, False)],
)
def test_a_name_is_shown_only_by_consent_and_only_for_oneself(
    world: World, visit: Visit, in_name_of: str, consent: dict[str, str], *, named: bool
) -> None:
    consultation = world.opened()
    whose = {"in_name_of": in_name_of or str(world.organisation.pk)}
    assert (
        visit(world.ngo, where(consultation), typed(world, **whose, **consent)).status_code == 302
    )
    assert Comment.objects.get().named is named


def test_consent_is_asked_for_by_name_and_not_given_beforehand(world: World, visit: Visit) -> None:
    consultation = world.opened()
    form = visit(world.ngo, where(consultation)).context["form"]
    assert str(form["named"].label) == "Show my name, Anna Mostowa, with this comment"
    assert form["named"].value() in (None, False)
    User.objects.filter(actor=world.ngo).update(name="")
    assert "named" not in visit(world.ngo, where(consultation)).context["form"].fields


def test_the_form_says_what_becomes_of_personal_data(world: World, visit: Visit) -> None:
    page = visit(world.ngo, where(world.opened())).content.decode()
    assert "The controller is" in page
    assert f'href="{reverse("privacy")}"' in page


def test_the_confirmation_says_what_happens_next(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.comment(consultation)
    page = visit(world.ngo, address("comment", consultation, 1, query="zgloszona"))
    assert (
        "Until the end of 29 September 2026 you can correct it or withdraw it."
        in page.content.decode()
    )
    assert page.content.decode().count("<h1") == 1


def test_a_comment_on_the_whole_draft(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world, kind="question", proposed_wording="")
    assert visit(world.ngo, where(consultation, "calosc"), sent).status_code == 302
    assert Comment.objects.get().wording is None


def test_too_late_keeps_the_text_to_be_copied(world: World, visit: Visit) -> None:
    consultation = world.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(seconds=1))
    answer = visit(world.ngo, where(consultation), typed(world))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The time for comments is over." in page
    assert "readonly>Dwa tygodnie to za mało &lt;b&gt;dla&lt;/b&gt; nas.</textarea>" in page
    assert "File the comment" not in page
    assert Comment.objects.count() == 0


def test_before_the_opening_nothing_is_taken_and_the_text_is_kept(
    world: World, visit: Visit
) -> None:
    consultation = world.announced()
    answer = visit(world.ngo, where(consultation), typed(world))
    assert answer.status_code == 409
    assert "Termin składania ofert wynosi 28 dni.</textarea>" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_provision_of_another_text_takes_no_comment(world: World, visit: Visit) -> None:
    consultation = world.opened()
    other = world.drafted("inny").provisions.first()
    assert other is not None
    assert visit(world.ngo, where(consultation, other.key), typed(world)).status_code == 404
    assert Comment.objects.count() == 0


def test_whoever_was_signed_out_meanwhile_finds_the_text_again(world: World, visit: Visit) -> None:
    answer = visit(None, where(world.opened()), typed(world))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("28 dni.</textarea>" in page, "You have been signed out" in page) == (True, True)
    assert Comment.objects.count() == 0


def test_a_busy_database_says_so_on_the_form(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("database is locked")

    consultation = world.opened()
    monkeypatch.setattr(filing, "file_comment", locked)
    answer = visit(world.ngo, where(consultation), typed(world))
    assert answer.status_code == 409
    assert "28 dni.</textarea>" in answer.content.decode()


def test_the_author_withdraws_while_the_consultation_is_open(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    page = address("withdraw_comment", consultation, 1)
    assert "Withdraw comment 1?" in visit(world.ngo, page).content.decode()
    assert visit(world.ngo, page, {}).status_code == 302
    assert Comment.objects.get().state == "withdrawn"
    assert visit(world.ngo, address("comment", consultation, 1)).status_code == 200
    assert visit(None, address("comment", consultation, 1)).status_code == 404


def test_nobody_else_withdraws(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    page = address("withdraw_comment", consultation, 1)
    assert visit(world.outsider, page, {}).status_code == 403
    assert visit(world.officer, page, {}).status_code == 403
    assert visit(None, page, {}).status_code == 302
    assert Comment.objects.get().state == "admitted"


def test_after_the_end_nobody_withdraws(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    world.closed(consultation)
    page = address("withdraw_comment", consultation, 1)
    assert visit(world.ngo, page).status_code == 302
    assert visit(world.ngo, page, {}).status_code == 409
    assert (
        "Withdraw this"
        not in visit(world.ngo, address("comment", consultation, 1)).content.decode()
    )
    assert Comment.objects.get().state == "admitted"
