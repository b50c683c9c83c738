"""A calendar to subscribe to (RFC 5545): whole days, hours in UTC, lines folded at 75 octets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIME = "text/calendar; charset=utf-8"
WIDTH = 75  # octets of a line, its break not counted
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """One day, or with `starts_at` and `ends_at` some hours. `uid` stays the same for ever."""

    uid: str
    summary: str
    day: date
    url: str = ""
    note: str = ""
    is_tentative: bool = False
    is_cancelled: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def calendar_file(name: str, events: Iterable[Event], *, stamp: datetime) -> bytes:
    """The calendar as it is sent; `stamp` is when it was drawn up."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Uwaga//terms//PL", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_instant(stamp)}"
    if event.starts_at is not None:
        yield f"DTSTART:{_instant(event.starts_at)}"
        if event.ends_at is not None and event.ends_at > event.starts_at:
            yield f"DTEND:{_instant(event.ends_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
        yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.note:
        yield f"DESCRIPTION:{_text(event.note)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{_status(event)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _status(event: Event) -> str:
    if event.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.is_tentative else "CONFIRMED"


def _text(words: str) -> str:
    """Escaped; control characters, which the format has no way to write, are left out."""
    escaped = words.translate(ESCAPED)
    return "".join(one for one in escaped if one == "\t" or (one >= " " and one != "\x7f"))


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _instant(instant: datetime) -> str:
    at = instant.astimezone(UTC)
    return f"{_day(at.date())}T{at:%H%M%S}Z"


def fold(line: str) -> bytes:
    """The line with its break, in pieces of at most 75 octets, no letter cut in two."""
    pieces, piece, room = [], b"", WIDTH
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", WIDTH - 1  # the blank that begins a continued line
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
