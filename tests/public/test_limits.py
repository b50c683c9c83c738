"""Limits: so many in a window for a person or an address, then 429, a sentence and Retry-After."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from consultations import limits
from consultations.access import ActingRequest
from consultations.errors import TooOften
from consultations.models import Actor, CommentDraft
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.public.test_filing import typed, where
from tests.world import World
from tests.writing.drafting import kept

NOON = 1_800_000_000.0  # a whole number of hours


@pytest.fixture(autouse=True)
def noon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Counters of its own, and a clock that stands; call it to move the clock by seconds."""
    instant = [NOON]

    def move(seconds: float) -> None:
        instant[0] += seconds

    monkeypatch.setattr("consultations.limits.time.time", lambda: instant[0])
    settings.LIMITS = {"search": "3/60", "download": "2/60", "file": "2/3600"}
    cache.clear()
    yield move
    cache.clear()


def request(actor: Actor | None = None, **meta: Any) -> ActingRequest:
    made = cast("ActingRequest", RequestFactory().get("/", **meta))
    made.actor = actor
    return made


def taken(times: int, made: ActingRequest, name: str = "search", whose: str = "") -> int:
    """How many of these tries are let through."""
    through = 0
    for _try in range(times):
        try:
            limits.take(made, name, whose)
            through += 1
        except TooOften:
            pass
    return through


def test_so_many_and_no_more_and_again_in_the_next_window(noon: Any) -> None:
    asked = request()
    first = taken(5, asked)
    noon(59)
    same = taken(5, asked)
    noon(1)
    assert (first, same, taken(5, asked)) == (3, 0, 3)


def test_at_once_no_more_get_through(noon: Any) -> None:
    with ThreadPoolExecutor(20) as crowd:
        through = list(crowd.map(lambda _n: taken(1, request()), range(60)))
    assert sum(through) == 3


def test_the_refusal_says_when_to_come_back(noon: Any) -> None:
    asked = request()
    taken(3, asked)
    noon(20)
    with pytest.raises(TooOften) as refusal:
        limits.take(asked, "search")
    assert (asked.retry_after, "in 1 minute." in str(refusal.value)) == (40, True)


def test_everybody_is_counted_alone(world: World) -> None:
    people = [
        request(),
        request(REMOTE_ADDR="192.0.2.7"),
        request(world.ngo),
        request(world.outsider),
    ]
    assert [taken(4, one) for one in people] == [3, 3, 3, 3]
    assert taken(4, request(), whose="a@b.test") == 3
    assert taken(4, request(), whose="A@B.test") == 0


def test_a_network_of_ipv6_is_one_visitor() -> None:
    near = request(REMOTE_ADDR="2001:db8:0:1::5"), request(REMOTE_ADDR="2001:db8:0:1:9::6")
    far = request(REMOTE_ADDR="2001:db8:0:2::5")
    assert [taken(4, one) for one in (*near, far)] == [3, 0, 3]


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # nobody of ours stands in front: the header is a claim
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),  # it did not pass both
        (1, "", "127.0.0.1"),
        (1, "nonsense", "nonsense"),
    ],
)
def test_a_header_is_believed_as_far_as_our_proxies_reach(
    settings: Any, proxies: int, header: str, found: str
) -> None:
    settings.PROXIES = proxies
    more: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    assert limits.address_of(request(**more)) == found


def test_no_counter_holds_an_address_and_the_salt_changes_every_day(
    noon: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    count = limits._counted

    def seen(key: str, window: int) -> int:
        held.append(key)
        return count(key, window)

    monkeypatch.setattr(limits, "_counted", seen)
    for _day in range(2):
        taken(1, request(REMOTE_ADDR="192.0.2.7"), whose="anna@mosty.test")
        taken(1, request(REMOTE_ADDR="192.0.2.7"))
        noon(limits.DAY)
    digests = [key.rpartition(":")[2] for key in held]
    assert len(set(digests)) == 4
    assert not any(word in key for key in held for word in ("192.0", "anna"))


def test_without_a_limit_nothing_is_counted(settings: Any) -> None:
    """The control."""
    settings.LIMITS = {"search": "0"}
    assert taken(50, request()) == 50
    assert taken(50, request(), name="of-no-name") == 50


def test_too_many_searches_keep_the_words_and_say_when(world: World, visit: Visit) -> None:
    page = f"{reverse('search')}?q=termin"
    answers = [visit(None, page) for _try in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    said = answers[-1].content.decode()
    assert ('value="termin"' in said, "Nothing you wrote is lost" in said) == (True, True)
    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize("name", ["notice_docx", "draft_text", "report_file", "journal_csv"])
def test_too_many_files_are_refused_in_words(world: World, visit: Visit, name: str) -> None:
    more = ["csv"] if name == "report_file" else []
    file = address(name, world.opened(), *more)
    statuses = [visit(None, file).status_code for _try in range(3)]
    refused = visit(None, file)
    assert (statuses[:2].count(429), statuses[2], refused.headers["Retry-After"]) == (0, 429, "60")
    assert "That was a lot at once" in refused.content.decode()
    assert visit(world.ngo, file).status_code != 429


def test_too_many_files_to_be_checked(world: World, visit: Visit) -> None:
    statuses = [visit(None, reverse("log"), {"x": "y"}).status_code for _try in range(3)]
    assert statuses == [400, 400, 429]


def test_a_draft_is_filed_no_more_often_than_a_form(world: World, visit: Visit) -> None:
    consultation = world.opened()
    drafts = [kept(world, consultation, reasons=f"Powód {number}.") for number in range(3)]
    answers = []
    for draft in drafts:
        sent = typed(world, key=str(draft.key), version="1", reasons=draft.reasons)
        answers.append(visit(world.ngo, where(consultation), sent).status_code)
    assert answers == [302, 302, 429]
    left = CommentDraft.objects.get()
    chosen = {"szkic": [f"{left.key}:{left.version}"]}
    together = visit(world.ngo, address("check_drafts", consultation), chosen)
    assert (together.status_code, left) == (429, drafts[2])
