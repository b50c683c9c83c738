"""Playing the record through and comparing what follows from it with the tables as they stand."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import Max

from consultations.models import (
    MACHINES,
    Answer,
    Ballot,
    Cause,
    Comment,
    Entry,
    RollCall,
    Support,
    TextVersion,
)
from consultations.models.comments import MARKS
from consultations.selectors import replay_council
from consultations.selectors.audit import AT_ONCE, Fault, Wrong
from consultations.selectors.notices import plain_text, sha256_of
from consultations.wording import ERASED


def faults() -> Iterator[Fault]:
    """Where the tables are not what the record says; one fault for each row."""
    for model in MACHINES:
        yield from _states(model)
    yield from _comments()
    yield from _marks()
    yield from _supports()
    yield from _answers()
    yield from _signatures()
    yield from _texts()
    yield from _causes()
    yield from _votes()
    yield from replay_council.faults()


def _live(words: str, seq: int | None = None) -> Fault:
    return Fault(Wrong.LIVE, words, seq)


def _states(model: Any) -> Iterator[Fault]:
    """Each row stands where its last entry left it; each entry's row is there."""
    column = f"{model.machine}_id"
    last = Entry.objects.exclude(**{column: None}).values(column).annotate(last=Max("seq"))
    said = {
        row[0]: row[1:]
        for row in Entry.objects.filter(seq__in=last.values("last")).values_list(
            column, "seq", "to_state", "object_version"
        )
    }
    rows = model.objects.order_by("pk").values_list("pk", "state", "version")
    for pk, state, version in rows.iterator(AT_ONCE):
        name, found = f"{model.machine} {pk}", said.pop(pk, None)
        if found is None:
            yield _live(f"{name} is not in the record")
        elif (state, version) != found[1:]:
            yield _live(
                f"{name} is «{state}» in version {version}; the record left it"
                f" «{found[1]}» in version {found[2]}",
                found[0],
            )
    for pk, found in said.items():
        yield _live(f"{model.machine} {pk} is gone", found[0])


def _latest(kind: str) -> Iterator[Entry]:
    """The last entry of a kind on each comment, with its words."""
    last = Entry.objects.filter(kind=kind).values("comment").annotate(last=Max("seq"))
    entries = Entry.objects.filter(seq__in=last.values("last")).order_by("seq")
    return entries.prefetch_related("words").iterator(AT_ONCE)


def _words(entry: Entry) -> dict[str, str]:
    return {one.field: one.text for one in entry.words.all()}


def _facts(entry: Entry) -> dict[str, Any]:
    return dict(json.loads(entry.payload)["facts"])


FILED = ("number", "kind", "channel")
SEALED = ("reasons", "proposed_wording")
SUPPORTING = ("comment.support", "comment.stop_supporting", "person.erase")


def _comments() -> Iterator[Fault]:
    """What was filed, or said anew, stands in the comment's row; erased words are not compared."""
    rows = Comment.objects.in_bulk()
    anew = {entry.comment_id: entry for entry in _latest("comment.correct")}
    unnamed = {entry.comment_id for entry in _latest("comment.stop_naming")}
    for entry in _latest("comment.file"):
        row = rows.get(entry.comment_id or 0)
        if row is None:
            continue  # said by `_states`
        newest = anew.get(row.pk, entry)
        facts, words = _facts(entry) | _facts(newest), _words(newest)
        differ = [name for name in FILED if getattr(row, name) != facts[name]]
        gone = dict.fromkeys(set(newest.committed) - set(words), ERASED)
        said = dict.fromkeys(SEALED, "") | gone | words
        differ += [name for name in SEALED if getattr(row, name) != said[name]]
        differ += _arrival(row, facts)
        differ += ["recorded_by"] if row.recorded_by_id != entry.actor_id else []
        named = facts.get("named", row.named) and row.pk not in unnamed
        differ += ["named"] if row.named != named else []
        if differ:
            yield _live(f"comment {row.pk}: «{differ[0]}» is not what was filed", entry.seq)


def _arrival(row: Comment, facts: dict[str, Any]) -> list[str]:
    """What does not stand as recorded of how and when it came; of the form nothing is said."""
    if "arrived" not in facts:
        return [name for name in ("arrived_at", "late") if getattr(row, name)]
    stands = {
        "arrived_at": row.arrived_at.astimezone(UTC).isoformat() if row.arrived_at else "",
        "posted_on": row.posted_on.isoformat() if row.posted_on else "",
        "way": row.way_id or 0,
        "late": row.late,
    }
    said = (facts["arrived"], facts["posted_on"], facts["taken_at"], facts["late"])
    return [name for (name, there), was in zip(stands.items(), said, strict=True) if there != was]


MARKING = ("comment.file", "comment.return_for_completion", "comment.leave", "comment.complete")


def _marks() -> Iterator[Fault]:
    """A comment is unsigned or incomplete as the record last said."""
    told: dict[int, dict[str, int]] = {}
    entries = Entry.objects.filter(kind__in=(*MARKING, "comment.admit")).order_by("seq")
    for entry in entries.values_list("comment", "kind", "payload", "seq").iterator(AT_ONCE):
        comment, kind, facts, seq = entry[0], entry[1], json.loads(entry[2])["facts"], entry[3]
        marks = told.setdefault(comment, {})
        lapsed = kind == "comment.leave" and facts["grounds"] == ["lapsed"]
        for mark in facts.get("lacking", ["incomplete"] if lapsed else []):
            marks[mark] = seq
        for mark in facts.get("cleared", ()):
            marks.pop(mark, None)
    for pk, *held in Comment.objects.order_by("pk").values_list("pk", *MARKS).iterator(AT_ONCE):
        was = told.get(pk, {})
        differ = [mark for mark, on in zip(MARKS, held, strict=True) if on != (mark in was)]
        if differ:
            yield _live(f"comment {pk}: «{differ[0]}» is not what was recorded", was.get(differ[0]))


def _supports() -> Iterator[Fault]:
    """Who supports what is what was begun and not ended; of the erased nothing is left."""
    told: dict[tuple[int | None, int | None, int | None], int] = {}
    for entry in Entry.objects.filter(kind__in=SUPPORTING).order_by("seq").iterator(AT_ONCE):
        facts = _facts(entry)
        if entry.kind == "person.erase":
            told = {one: seq for one, seq in told.items() if one[2] != facts["person"]}
            continue
        organisation = facts["organisation"]
        one = (entry.comment_id, organisation, None if organisation else entry.actor_id)
        told.pop(one, None)
        if entry.kind == "comment.support":
            told[one] = entry.seq
    rows = Support.objects.filter(ended_at=None).values_list("comment", "organisation", "actor")
    live = {(comment, org, None if org else actor) for comment, org, actor in rows}
    for one in sorted(told.keys() - live, key=str):
        yield _live(f"a support of comment {one[0]} is gone", told[one])
    for one in sorted(live - told.keys(), key=str):
        yield _live(f"a support of comment {one[0]} is not in the record")


def _answers() -> Iterator[Fault]:
    """Outcome, reasons and author of an answer are those of its last entry."""
    rows = {one.comment_id: one for one in Answer.objects.all()}
    for entry in _latest("comment.answer"):
        row, facts, words = rows.pop(entry.comment_id or 0, None), _facts(entry), _words(entry)
        if row is None:
            yield _live(f"the answer to comment {entry.comment_id} is gone", entry.seq)
        elif (row.outcome, row.author_id) != (facts["outcome"], entry.actor_id):
            yield _live(f"comment {row.comment_id}: another outcome or author", entry.seq)
        elif words.get("reasons", row.reasons) != row.reasons:
            yield _live(f"comment {row.comment_id}: other reasons than were given", entry.seq)
        elif words.get("accepted_part", "") != row.accepted_part:
            yield _live(f"comment {row.comment_id}: another part than was accepted", entry.seq)
    for comment in rows:
        yield _live(f"the answer to comment {comment} is not in the record")


def _signatures() -> Iterator[Fault]:
    """Under a published answer stands whoever signed it last."""
    signed = {one.comment_id: one for one in Answer.objects.filter(published_at__isnull=False)}
    for entry in _latest("comment.approve"):
        row = signed.pop(entry.comment_id or 0, None)
        if row is not None and row.approver_id != entry.actor_id:
            yield _live(f"comment {row.comment_id}: signed by somebody else", entry.seq)
    for comment in signed:
        yield _live(f"the signature under the answer to comment {comment} is not in the record")


def _texts() -> Iterator[Fault]:
    """Published texts hash to what was recorded when they were published."""
    for entry in Entry.objects.filter(kind="draft.publish_version").order_by("seq"):
        facts = _facts(entry)
        version = TextVersion.objects.filter(draft=entry.draft, number=facts["version"]).first()
        if version is None:
            yield _live(f"version {facts['version']} of draft {entry.draft_id} is gone", entry.seq)
        elif "sha256" in facts and sha256_of(plain_text(version)) != facts["sha256"]:
            yield _live(f"the published text {version.pk} was altered", entry.seq)


# draft, version, key of the provision, kind, comment, amendment
Caused = tuple[int, int, str, str, int | None, str]
CAUSING = ("comment.answer", "draft.name_cause", "draft.drop_cause", "draft.discard_version")


def _causes() -> Iterator[Fault]:
    """The causes of changes are those that were named and not taken back."""
    told: dict[Caused, int] = {}
    for entry in Entry.objects.filter(kind__in=CAUSING).order_by("seq").iterator(AT_ONCE):
        _cause(entry, told)
    columns = ("text_version__draft", "text_version__number", "provision__key", "kind")
    rows = Cause.objects.values_list(*columns, "comment", "amendment")
    live = {(draft, number, str(key), *rest) for draft, number, key, *rest in rows}
    for one in sorted(told.keys() - live, key=str):
        yield _live(f"a cause of version {one[1]} of draft {one[0]} is gone", told[one])
    for one in sorted(live - told.keys(), key=str):
        yield _live(f"a cause of version {one[1]} of draft {one[0]} is not in the record")


def _cause(entry: Entry, told: dict[Caused, int]) -> None:
    """What one entry says of causes: named, taken back, or gone with a version."""
    facts, draft = _facts(entry), int(entry.case_id or 0)
    if entry.kind == "draft.discard_version":
        gone = [one for one in told if one[:2] == (draft, facts["version"])]
    elif entry.kind == "comment.answer":
        gone = [one for one in told if one[4] == entry.comment_id]
    else:
        gone = [_named(draft, facts)] if entry.kind == "draft.drop_cause" else []
    for one in gone:
        told.pop(one, None)
    if entry.kind == "draft.name_cause":
        told[_named(draft, facts)] = entry.seq
    for change in facts.get("changed", ()):
        place = (draft, change["version"], change["provision"])
        told[*place, "comment", entry.comment_id, ""] = entry.seq


def _named(draft: int, facts: dict[str, Any]) -> Caused:
    place = (draft, facts["version"], facts["provision"])
    return (*place, facts["cause"], facts["comment_id"], facts["amendment"])


def _votes() -> Iterator[Fault]:
    """Totals and names of a roll call are those that were entered; of each there is an entry."""
    rows = RollCall.objects.in_bulk()
    firsts = {call.council_file_id: call for call in rows.values() if call.replaces_id is None}
    told: set[int] = set()
    for entry in Entry.objects.filter(kind__in=VOTED).order_by("seq"):
        facts = _facts(entry)
        call = rows.get(facts.get("roll_call", 0)) or firsts.get(entry.council_file_id or 0)
        told |= {call.pk} if call else set()
        if call is None:
            yield _live(f"the roll call of council file {entry.council_file_id} is gone", entry.seq)
        elif _differs(call, facts):
            yield _live(f"roll call {call.pk} is not what was entered", entry.seq)
    for pk in sorted(rows.keys() - told):
        yield _live(f"roll call {pk} is not in the record")


VOTED = ("council_file.record_vote", "council_file.correct_vote", "council_file.repeat_vote")


def _differs(call: RollCall, facts: dict[str, Any]) -> bool:
    """Whether totals, names, origin or place differ; of old ones less was said."""
    names = [*RollCall.counts([])]
    if call.entered_by_id is not None:
        names += ["source", "entered_by_id", "replaces_id"]
    if any(facts.get(name.removesuffix("_id")) != getattr(call, name) for name in names):
        return True
    return "sha256" in facts and facts["sha256"] != digest_of_votes(call)


def digest_of_votes(call: RollCall) -> str:
    """SHA-256 (hex) over day, and name, club and vote of each ballot, a line each."""
    ballots = Ballot.objects.filter(roll_call=call).values_list("councillor", "club", "vote")
    text = "\n".join([call.held_on.isoformat(), *sorted("\t".join(one) for one in ballots)])
    return hashlib.sha256(text.encode()).hexdigest()
