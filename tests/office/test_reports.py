"""The report on the desk: what it misses, its versions, the second person, the internal copy."""

import csv
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.models import Actor, Consultation, Report, ReportCopy, Role, RoleGrant
from consultations.services import comments, reports
from tests.office.pages import as_, text_of
from tests.report_files import write_report_files
from tests.world import BEGINNING, World


@pytest.fixture
def closed(world: World) -> Consultation:
    """A closed round with one answered comment and a meeting nobody wrote minutes of."""
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    return world.closed(consultation)


def place(consultation: Consultation, name: str = "prepare_report") -> str:
    return reverse(name, args=[consultation.slug])


def save(actor: Actor, consultation: Consultation, words: str, version: Any = "") -> Any:
    given = {"introduction": words, "version": version}
    return as_(actor).post(place(consultation), given)


def release(actor: Actor, consultation: Consultation, version: Any = "") -> Any:
    return as_(actor).post(place(consultation, "release_report"), {"version": version})


def test_what_is_missing_stands_on_top_with_its_list(world: World) -> None:
    consultation = world.opened()
    world.comment(consultation)
    world.admitted(consultation)
    page = as_(world.officer).get(place(consultation))
    queue = reverse("queue", args=[consultation.slug])
    assert [(one.sentence, one.url) for one in page.context["missing"]] == [
        (
            "The consultation has not closed: the report is prepared after its last day.",
            reverse("control_room", args=[consultation.slug]),
        ),
        ("Comments to admit: 1", f"{queue}?stan=received"),
        ("Comments to answer: 1", f"{queue}?stan=admitted"),
    ]
    assert page.context["form"] is None


def test_a_meeting_without_minutes_is_missing_too(world: World, closed: Consultation) -> None:
    [one] = as_(world.officer).get(place(closed)).context["missing"]
    assert one.url == reverse("ways", args=[closed.slug])
    assert one.sentence.startswith("Attendance and minutes are not entered: open meeting")


def test_the_preview_is_the_page_that_will_be_published(world: World, closed: Consultation) -> None:
    save(world.officer, closed, "Wprowadzenie urzędu.")
    preview = as_(world.officer).get(place(closed)).content.decode()
    assert release(world.approver, closed).status_code == 302
    public = as_(None).get(reverse("report", args=[closed.slug])).content.decode()
    body = public[public.index('<h2 class="govuk-heading-m">Introduction') :]
    tables = body[body.index('<h2 class="govuk-heading-m">Forms') : body.index("</main>")]
    assert tables.strip() in preview
    assert "Wprowadzenie urzędu." in body


def test_every_version_stays_on_record_with_its_words(world: World, closed: Consultation) -> None:
    save(world.officer, closed, "Pierwsza.")
    save(world.second_officer, closed, "Druga.", version=0)
    release(world.approver, closed, version=1)
    page = as_(world.auditor).get(place(closed))
    versions = page.context["versions"]
    assert [one.before for one in versions] == ["Druga.", "Pierwsza.", ""]
    assert "Against the version before:" in text_of(page)
    assert [(one.introduction, one.who) for one in versions] == [
        ("", "Approver, head of unit"),
        ("Druga.", "Drugi, civic dialogue unit"),
        ("Pierwsza.", "Officer, civic dialogue unit"),
    ]


def test_two_officers_at_once_lose_nothing(world: World, closed: Consultation) -> None:
    save(world.officer, closed, "Pierwsza.")
    save(world.second_officer, closed, "Druga.", version=0)
    response = save(world.officer, closed, "Moja poprawka.", version=0)
    assert response.status_code == 409
    assert "What stands now Druga." in text_of(response)
    assert response.context["form"]["introduction"].value() == "Moja poprawka."
    knowingly = response.context["form"]["version"].value()
    assert save(world.officer, closed, "Moja poprawka.", version=knowingly).status_code == 302
    assert Report.objects.get().introduction == "Moja poprawka."


def test_who_prepared_it_does_not_release_it(world: World, closed: Consultation) -> None:
    RoleGrant.objects.create(actor=world.officer, role=Role.APPROVER, since=BEGINNING)
    save(world.officer, closed, "Moje.")
    assert "You prepared this report, so somebody else must release it." in text_of(
        as_(world.officer).get(place(closed))
    )
    response = release(world.officer, closed, version=0)
    assert response.status_code == 403
    assert "You prepared this report: somebody else must release it." in text_of(response)
    assert release(world.approver, closed, version=0).status_code == 302  # the control


def test_the_database_wants_a_second_person_too(world: World, closed: Consultation) -> None:
    report = reports.prepare_report(closed, introduction="", by=world.officer)
    reports.release_report(report, by=world.approver)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(released_by=world.officer, version=2)


def test_what_was_rewritten_meanwhile_is_not_released_unread(
    world: World, closed: Consultation
) -> None:
    save(world.officer, closed, "Przeczytana.")
    save(world.second_officer, closed, "Podmieniona.", version=0)
    response = release(world.approver, closed, version=0)
    assert response.status_code == 409
    assert "Somebody has rewritten the report since you opened this page." in text_of(response)
    assert Report.objects.get().state == "prepared"


def test_with_an_unanswered_comment_it_is_not_released(world: World) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    world.closed(consultation)
    save(world.officer, consultation, "Za wcześnie.")
    response = release(world.approver, consultation, version=0)
    assert response.status_code == 409
    assert "1 comment still has no published answer." in text_of(response)
    assert (
        as_(None).get(reverse("report_file", args=[consultation.slug, "docx"])).status_code == 404
    )


@pytest.mark.parametrize("role", ["approver", "expert", "clerk", "auditor"])
def test_writing_it_is_for_officers(world: World, closed: Consultation, role: str) -> None:
    assert save(getattr(world, role), closed, "Obce.").status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("role", ["officer", "expert", "clerk", "auditor", "ngo"])
def test_releasing_it_is_for_heads_of_units(world: World, closed: Consultation, role: str) -> None:
    save(world.officer, closed, "Gotowe.")
    assert release(getattr(world, role), closed, version=0).status_code == 403
    assert Report.objects.get().state == "prepared"


def test_private_data_is_pointed_at_before_the_release(world: World) -> None:
    consultation = world.opened()
    mine = {"organisation": None, "by": world.outsider}
    for reasons in (
        "Piszę jako Obcy Obcowski.",
        "Proszę o odpowiedź na adres ktos@poczta.test.",
        "Mój PESEL to 44051401359.",
        "Na zadania potrzeba 100 000 000 zł, § 12 ust. 3.",
    ):
        world.answered(world.admitted(consultation, reasons=reasons, **mine))
    world.closed(consultation)
    found = as_(world.officer).get(place(consultation)).context["suspects"]
    assert [(one.number, str(one.what)) for one in found] == [
        (1, "the surname of the private person who filed it"),
        (2, "an e-mail address"),
        (3, "eleven digits, as in a PESEL number"),
    ]
    assert [(one.before, one.hit, one.after) for one in found] == [
        ("Piszę jako Obcy ", "Obcowski", "."),
        ("Proszę o odpowiedź na adres ", "ktos@poczta.t", "est."),
        ("Mój PESEL to ", "44051401359", "."),
    ]
    save(world.officer, consultation, "Gotowe.")
    asked = as_(world.approver).get(place(consultation, "release_report")).content.decode()
    assert "<mark>44051401359</mark>" in asked


# -- the internal copy --------------------------------------------------------------------------


def inside(actor: Actor, consultation: Consultation) -> Any:
    as_(actor).post(place(consultation, "ask_report_files"), {"kind": "internal"})
    write_report_files()
    return as_(actor).get(reverse("inside_report_file", args=[consultation.slug, 1, "csv"]))


def test_the_internal_copy_holds_every_comment_with_names(world: World) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation, organisation=None, by=world.outsider))
    comments.hide_comment(world.comment(consultation), because="Obelgi.", by=world.officer)
    body = b"".join(inside(world.auditor, consultation).streaming_content)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[3], row[16], row[20]) for row in rows[1:]] == [
        ("1", "Obcy Obcowski", "answered", ""),
        ("2", "Fundacja Mosty", "hidden", "Obelgi."),
    ]


@pytest.mark.parametrize("role", ["expert", "clerk", "councillor", "ngo"])
def test_it_is_for_those_who_read_names(world: World, closed: Consultation, role: str) -> None:
    asked = as_(getattr(world, role)).post(place(closed, "ask_report_files"), {"kind": "internal"})
    assert asked.status_code == 403
    assert not ReportCopy.objects.exists()
    assert inside(world.officer, closed).status_code == 200  # the control
    args = [closed.slug, 1, "csv"]
    taken = as_(getattr(world, role)).get(reverse("inside_report_file", args=args))
    assert taken.status_code == 403
