"""Copies of reports in trouble: names that must go, writing that breaks off, changes meanwhile."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.urls import reverse

from consultations.models import (
    Cause,
    Comment,
    Consultation,
    CopyKind,
    Entry,
    Making,
    ReportCopy,
    ReportFile,
    ReportPiece,
)
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors import report_columns, report_files
from consultations.selectors.private_data import PATTERNS
from consultations.services import correcting, report_orders, reports
from consultations.services import report_files as services
from consultations.services.correcting import stop_naming
from consultations.services.erasing import erase_person
from tests.office.pages import as_, text_of
from tests.office.texting import in_review
from tests.report_files import write_report_files
from tests.world import World
from workflows import report_files as job
from workflows.leases import Leader
from workflows.tick import tick

NAMED = {"organisation": None, "named": True}


@pytest.fixture(autouse=True)
def english_copies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LANGUAGES", [("en", "English")])
    report_orders.forget()


@pytest.fixture
def released(world: World) -> Consultation:
    """A released report of one comment of an organisation."""
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    world.reported(world.closed(consultation))
    return consultation


@pytest.fixture
def named(world: World) -> Comment:
    """The answered comment of a private person who agreed to be named, its report released."""
    consultation = world.opened()
    comment = world.answered(world.admitted(consultation, by=world.outsider, **NAMED))
    world.reported(world.closed(consultation))
    return comment


def live() -> list[tuple[str, str]]:
    """Copies that nothing took the place of."""
    return list(ReportCopy.objects.filter(replaced_at=None).values_list("kind", "making"))


def gathered() -> ReportCopy:
    """The next copy, described and not yet written."""
    copy = services.next_copy()
    assert copy is not None
    while copy.making == Making.GATHERING:
        copy = services.gather(copy)
    return copy


def give_up() -> None:
    """The next copy fails as often as it is tried."""
    copy = services.next_copy()
    assert copy is not None
    for _try in range(services.MOST_TRIES):
        services.fail(copy)


def another_round(consultation: Consultation) -> Consultation:
    return Consultation.objects.create(
        draft=consultation.draft, number=2, slug=f"{consultation.slug}-r2"
    )


def copy_of(consultation: Consultation, **fields: Any) -> ReportCopy:
    """A copy with one file of one piece."""
    given = {"kind": CopyKind.PUBLIC, "language": "en", "seq": 0, "making": Making.READY} | fields
    copy = ReportCopy.objects.create(consultation=consultation, at=now(), asked_at=now(), **given)
    file = ReportFile.objects.create(report_copy=copy, ending="csv", size=4, sha256="a" * 64)
    ReportPiece.objects.create(file=file, number=0, data=b"Nazw")
    return copy


# -- a name that has to go ------------------------------------------------------------------------


def erase(_comment: Comment, who: Any) -> None:
    erase_person(who, by=operator(), because="Na wniosek.")


def unname(comment: Comment, who: Any) -> None:
    stop_naming(comment, by=who)


@pytest.mark.parametrize("act", [erase, unname])
def test_a_name_goes_from_the_files_of_every_round_of_the_draft(
    world: World, act: Callable[[Comment, Any], None]
) -> None:
    consultation = world.opened()
    comment = world.comment(consultation, by=world.outsider, **NAMED)
    world.closed(consultation)
    other = world.drafted("inny").rounds.get()
    for one in (consultation, another_round(consultation), other):
        copy_of(one)
    act(comment, world.outsider)
    left = ReportPiece.objects.values_list("file__report_copy__consultation", flat=True)
    assert list(left) == [other.pk]


def test_a_copy_begun_while_a_name_was_going_is_gathered_again(
    world: World, named: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act looked before the copy was there; its entry came after the copy was begun."""
    report_orders.order_public_copies()
    copy = gathered()
    monkeypatch.setattr(correcting, "withdraw_files", lambda _draft: None)
    unname(named, world.outsider)
    services.finish(copy)
    copy.refresh_from_db()
    assert copy.making == Making.GATHERING
    services.finish(gathered())
    copy.refresh_from_db()
    assert copy.making == Making.READY


def gather_rows(copy: ReportCopy, _folder: Path) -> None:
    services.gather(copy)


def keep(copy: ReportCopy, folder: Path) -> None:
    place = folder / "report.1.csv"
    place.write_text("Obcy Obcowski")
    services.keep_file(copy, "csv", 1, place)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [erase, unname])
@pytest.mark.parametrize("step", [gather_rows, keep])
def test_a_name_goes_from_what_is_being_gathered_or_kept(
    act: Callable[[Comment, Any], None],
    step: Callable[[ReportCopy, Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    comment = world.answered(world.admitted(world.opened(), by=world.outsider, **NAMED))
    world.reported(world.closed(comment.consultation))
    report_orders.order_public_copies()
    copy = ReportCopy.objects.get()
    services.gather(copy)
    steps, acted = threading.Event(), threading.Event()

    def slowly(made: type[Any]) -> None:
        """What is made is committed only once the act is done, or waits for it."""
        create = made.objects.create

        def wait(**given: Any) -> Any:
            done = create(**given)
            steps.set()
            acted.wait(1.5)
            return done

        monkeypatch.setattr(made.objects, "create", wait)

    slowly(ReportPiece if step is gather_rows else ReportFile)

    def run() -> None:
        try:
            step(copy, tmp_path)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    assert steps.wait(20)
    act(comment, world.outsider)
    acted.set()
    thread.join(20)
    assert not ReportPiece.objects.exists()


# -- a copy that failed ---------------------------------------------------------------------------


def test_a_first_copy_that_failed_is_ordered_again_after_a_rest(released: Consultation) -> None:
    assert report_orders.order_public_copies() == 1
    give_up()
    assert live() == [("public", "failed")]
    assert report_orders.order_public_copies() == 0
    move_to(now() + report_orders.REST + timedelta(seconds=1))
    assert write_report_files() == 1
    assert live() == [("public", "ready")]


def test_a_copy_in_place_of_an_emptied_one_rests_when_it_failed(
    world: World, named: Comment
) -> None:
    write_report_files()
    erase(named, world.outsider)
    assert report_orders.order_public_copies() == 1
    give_up()
    assert [report_orders.order_public_copies() for _tick in range(3)] == [0, 0, 0]
    move_to(now() + report_orders.REST + timedelta(seconds=1))
    assert report_orders.order_public_copies() == 1
    give_up()
    assert ReportCopy.objects.count() == 2  # one row at most says that it failed


def test_nothing_is_left_of_what_a_failed_copy_gathered(released: Consultation) -> None:
    report_orders.order_public_copies()
    gathered()
    give_up()
    assert not ReportFile.objects.exists()


def test_no_process_is_started_for_a_description_that_was_erased(
    world: World, named: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "_start", lambda _copy: pytest.fail("nothing is there to be written"))
    report_orders.order_public_copies()
    copy = gathered()
    erase(named, world.outsider)
    job.make_report_files()
    copy.refresh_from_db()
    assert (copy.making, copy.tries) == (Making.GATHERING, 0)


# -- what changes meanwhile -----------------------------------------------------------------------


def touch(world: World, comment: Comment) -> None:
    """An entry of the comment that changes what the report says."""
    stop_naming(comment, by=world.outsider)
    for file in ReportFile.objects.filter(pieces=None):  # as if it were any other act
        ReportPiece.objects.create(file=file, number=0, data=b"x")


def test_what_changes_while_a_copy_is_written_is_written_afterwards(
    world: World, named: Comment
) -> None:
    report_orders.order_public_copies()
    write_report_files()
    services.begin(named.consultation, CopyKind.PUBLIC, "en", None)
    touch(world, named)
    assert report_orders.order_public_copies() == 0  # one is on its way
    copy = gathered()
    ReportCopy.objects.filter(pk=copy.pk).update(making=Making.READY)
    assert report_orders.order_public_copies() == 1


def test_what_changes_while_the_job_looks_is_seen_the_next_time(
    world: World, named: Comment
) -> None:
    write_report_files()
    look = report_orders._due

    def late(*given: Any) -> Any:
        found = list(look(*given))
        touch(world, named)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_orders, "_due", late)
        assert report_orders.order_public_copies() == 0
    assert report_orders.order_public_copies() == 1
    assert report_orders.order_public_copies() == 0


@pytest.mark.parametrize(("outcome", "told"), [("accepted", 1), ("rejected", 0)])
def test_what_happens_to_a_cited_comment_is_told_in_the_other_rounds(
    world: World, outcome: str, told: int
) -> None:
    """An accepted one is a cause of the change it asked for; what nothing cites is not told."""
    consultation, comment = in_review(world, outcome)
    assert Cause.objects.filter(comment=comment).count() == told
    following = another_round(consultation)
    copy_of(following)
    copy_of(world.drafted("inny").rounds.get())
    outdated = report_orders._outdated("en", report_orders._touched(Entry.objects.count()))
    found = ReportCopy.objects.filter(pk__in=outdated)
    assert [one.consultation for one in found] == [following] * told


# -- the folder and the processes of the writing --------------------------------------------------


def is_running(pid: int) -> bool:
    """Also after it was orphaned; one that has ended and waits to be collected does not run."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def writing(
    released: Consultation, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, list[int]]]:
    """A process that has started another one for a volume, and neither comes to an end."""
    nap = "import subprocess, sys, time; from pathlib import Path; "
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    told = "Path(sys.argv[1], 'child').write_text(str(child.pid)); time.sleep(60)"
    monkeypatch.setattr(job, "COMMAND", [sys.executable, "-c", f"{nap}child = {child}; {told}"])
    report_orders.order_public_copies()
    gathered()
    job.make_report_files()
    now_writing = job._Now.writing
    assert now_writing is not None
    place = now_writing.folder / "child"
    until(lambda: place.exists() and bool(place.read_text()))
    yield now_writing.folder, [now_writing.process.pid, int(place.read_text())]
    job._clear()


def leads_no_more() -> None:
    class Follower(Leader):
        def leads(self) -> bool:
            return False

    assert tick(Follower()) == 1
    assert tick(Follower()) == 0


@pytest.mark.parametrize("end", [leads_no_more, job.stop_writing])
def test_every_process_and_the_folder_go_with_the_writing(
    writing: tuple[Path, list[int]], end: Callable[[], object]
) -> None:
    folder, pids = writing
    assert folder.parent == settings.REPORT_FOLDER
    assert [is_running(pid) for pid in pids] == [True, True]
    end()
    until(lambda: not any(is_running(pid) for pid in pids))
    assert not folder.exists()


def test_what_a_killed_process_left_behind_goes_at_the_first_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job._Now, "swept", False)
    folder = job._folder()
    assert folder.parent.stat().st_mode & 0o077 == 0
    (folder / "description.jsonl").write_text("Jan Kowalski")
    job.make_report_files()
    assert not folder.exists()
    again = job._folder()
    job.make_report_files()
    assert again.exists()


# -- one copy that cannot be gathered -------------------------------------------------------------


def test_a_copy_that_cannot_be_gathered_lets_the_others_be_written(
    world: World, released: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather, broken = services.gather, released.pk

    def gather_but_one(copy: ReportCopy) -> ReportCopy:
        if copy.consultation_id == broken:
            raise ValueError("a date that cannot be written")
        return gather(copy)

    monkeypatch.setattr(services, "gather", gather_but_one)
    report_orders.order_public_copies()
    other = world.drafted("inny").rounds.get()
    services.ask_report_files(other, kind=CopyKind.PREVIEW, by=world.officer)
    for _turn in range(services.MOST_TRIES + 1):
        job.make_report_files()
    assert dict(live())["public"] == Making.FAILED
    assert ReportCopy.objects.get(consultation=other).rows_gathered == 0
    assert ReportCopy.objects.get(consultation=other).files.exists()
    job.stop_writing()


# -- what can be taken ----------------------------------------------------------------------------


def shelf(consultation: Consultation, kind: str = CopyKind.PUBLIC) -> report_files.Shelf:
    return report_files.shelf(consultation, kind)


def taken(consultation: Consultation, ending: str, kind: str = CopyKind.PUBLIC) -> str:
    file = report_files.found(consultation, kind, ending, 1)
    assert file is not None
    return b"".join(report_files.pieces(file)).decode()


def test_the_preview_holds_the_introduction(world: World) -> None:
    consultation = world.closed(world.opened())
    reports.prepare_report(consultation, introduction="Wstęp na próbę.", by=world.officer)
    services.ask_report_files(consultation, kind=CopyKind.PREVIEW, by=world.officer)
    write_report_files()
    assert "Wstęp na próbę." in taken(consultation, "html", CopyKind.PREVIEW)


@pytest.mark.parametrize("making", [Making.WRITING, Making.FAILED])
def test_a_newer_copy_hides_the_whole_one_only_when_it_is_whole(
    world: World, making: Making
) -> None:
    consultation = world.opened()
    old = copy_of(consultation)
    ReportPiece.objects.update(data=b"dawna")
    new = copy_of(consultation, making=making)
    assert taken(consultation, "csv") == "dawna"
    assert [one.report_copy_id for line in shelf(consultation).lines for one in line.files] == [
        old.pk
    ]
    ReportCopy.objects.filter(pk=new.pk).update(making=Making.READY)
    assert taken(consultation, "csv") == "Nazw"


def test_parts_of_two_copies_are_never_mixed(world: World) -> None:
    consultation = world.opened()
    old, _new = copy_of(consultation), copy_of(consultation)
    part = ReportFile.objects.create(report_copy=old, ending="pdf", part=2)
    ReportPiece.objects.create(file=part, number=0, data=b"x")
    assert report_files.found(consultation, CopyKind.PUBLIC, "pdf", 2) is None


def test_without_a_whole_copy_what_is_written_already_can_be_taken(world: World) -> None:
    consultation = world.opened()
    copy_of(consultation)
    ReportPiece.objects.all().delete()
    copy_of(consultation, making=Making.WRITING)
    assert taken(consultation, "csv") == "Nazw"
    ReportCopy.objects.update(making=Making.FAILED)
    assert shelf(consultation).is_empty


# -- what pages say -------------------------------------------------------------------------------


def page(who: Any, name: str, *given: Any) -> str:
    return text_of(as_(who).get(reverse(name, args=given), follow=True))


def test_a_file_that_failed_says_so_and_what_comes_next(
    world: World, released: Consultation
) -> None:
    report_orders.order_public_copies()
    give_up()
    said = page(None, "report_file", released.slug, "csv")
    assert "This file could not be prepared. It is tried again within an hour." in said
    assert "The files could not be prepared. It is tried again within an hour" in said
    assert "is being prepared" not in said


def test_the_desk_is_told_to_have_files_that_failed_prepared_anew(world: World) -> None:
    consultation = world.closed(world.opened())
    services.ask_report_files(consultation, kind=CopyKind.PREVIEW, by=world.officer)
    give_up()
    said = page(world.officer, "preview_report_file", consultation.slug, 1, "csv")
    assert "This file could not be prepared. Have the files prepared anew." in said
    assert "Prepare the preview" in said


def test_replaced_files_are_not_said_to_have_held_an_erased_name(released: Consultation) -> None:
    copy_of(released, replaced_at=now())
    said = page(None, "report", released.slug)
    assert "These files were replaced by newer ones." in said
    assert "erased" not in said


def test_every_column_is_described() -> None:
    text = (Path(settings.BASE_DIR) / "docs/report-json.md").read_text()
    shown = [*report_columns.public().codes, *report_columns.inside().codes]
    assert [code for code in shown if f"`{code}`" not in text] == []


def test_the_search_for_addresses_takes_its_time_by_the_length_of_the_words() -> None:
    [pattern] = [one for what, one in PATTERNS if "e-mail" in str(what)]
    began = time.perf_counter()
    assert pattern.search("a" * 200_000) is None
    assert time.perf_counter() - began < 2
    found = pattern.search("Piszcie na jan.k+1@poczta.example.")
    assert found is not None
    assert found[0] == "jan.k+1@poczta.e"
