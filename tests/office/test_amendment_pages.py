"""The pages of amendments: filed on chosen provisions, conflicts in every view, merged."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Actor, Amendment, CauseKind, CouncilFile
from consultations.models.clock import move_to
from consultations.services import amendments, editing, merging, texts
from consultations.services.causes import Because
from tests.office.amending import (
    FOURTEEN,
    GROUP,
    THIRTY,
    amended,
    at_council,
    between_readings,
    place,
    wording,
)
from tests.world import World

IN_SHORT = "Two amendments are in conflict"
CONFLICT = "In conflict with amendment no. 2 on the same provision."


def client_of(actor: Actor | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if actor is not None:
        client.force_login(actor.user)
    return client


def page(name: str, *args: Any, by: Actor | None = None) -> str:
    found = client_of(by).get(reverse(name, args=args))
    assert found.status_code == 200
    return found.content.decode()


def slug(file: CouncilFile) -> str:
    return str(file.draft.rounds.get().slug)


def sent(file: CouncilFile, **other: Any) -> tuple[str, dict[str, Any]]:
    """The address and the fields of the form on § 2 ust. 1."""
    key = wording(file, "§ 2 ust. 1").provision.key
    fields = {"kind": "amendment", "mover": "group", "mover_name": "Klub", "reasons": "Bo tak."}
    own = {f"how_{key}": "change", f"text_{key}": THIRTY}
    named = {name.replace("KEY", str(key)): value for name, value in other.items()}
    return f"{reverse('file_amendment', args=[file.pk])}?przepis={key}", fields | own | named


def test_the_clerk_files_an_amendment_on_provisions_she_chose(world: World) -> None:
    file, client = at_council(world), client_of(world.clerk)
    address = reverse("file_amendment", args=[file.pk])
    assert "Which provisions is it on?" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    nothing_ticked = client.get(address, {"wybrano": "1"})
    assert nothing_ticked.status_code == 422
    assert "Choose the provision the amendment is on." in nothing_ticked.content.decode()
    url, fields = sent(file)
    assert 'name="reasons"' in client.get(url).content.decode()
    wrong = client.post(url, fields | {"reasons": "", "mover_name": "Klub Testowy"})
    assert (wrong.status_code, "Klub Testowy" in wrong.content.decode()) == (422, True)
    assert THIRTY in wrong.content.decode()
    assert client.post(url, fields).status_code == 302
    assert Amendment.objects.get().places.get().text == THIRTY
    assert client.get(f"{address}?przepis=x").status_code == 404


def test_after_the_deadline_the_page_says_when_it_ended_and_keeps_what_was_typed(
    world: World,
) -> None:
    file = between_readings(world, at_council(world))
    move_to(file.amendments_until)  # type: ignore[arg-type]
    url, fields = sent(file)
    late = client_of(world.clerk).post(url, fields)
    assert late.status_code == 409
    assert "The time for amendments ended on" in late.content.decode()
    assert THIRTY in late.content.decode()


def test_the_unit_is_offered_the_sponsors_own_ones_only(world: World) -> None:
    file, client = at_council(world), client_of(world.officer)
    url, fields = sent(file)
    assert client.post(url, fields).status_code == 422
    assert client.post(url, fields | {"kind": "own", "mover": "president"}).status_code == 302


def test_two_amendments_on_one_provision_are_in_conflict_in_every_view(world: World) -> None:
    file = at_council(world)
    one = amended(world, file)
    key = wording(file, "§ 2 ust. 1").provision.key
    views: dict[str, Callable[[], str]] = {
        "list": lambda: page("amendments", slug(file)),
        "one": lambda: page("amendment", slug(file), one.number),
        "text": lambda: page("read_draft", slug(file)),
        "provision": lambda: page("provision", key),
        "file": lambda: page("council_file", file.pk, by=world.councillor),
        "settling": lambda: page("adopt_amendment", one.pk, by=world.clerk),
    }
    in_short: dict[str, Callable[[], str]] = {
        "front": lambda: page("consultation", slug(file)),
        "room": lambda: page("control_room", slug(file), by=world.officer),
        "by name": lambda: page("vote_by_name", file.pk, by=world.clerk),
    }
    every = views | in_short
    assert [name for name, view in every.items() if "onflict" in view()] == []
    amended(world, file, place(file, text=FOURTEEN))
    assert [name for name, view in views.items() if CONFLICT not in view()] == []
    assert [name for name, view in in_short.items() if IN_SHORT not in view()] == []
    desk = page("council", by=world.councillor).replace("\N{NO-BREAK SPACE}", " ")
    assert "Amendments in conflict: § 2 ust. 1." in desk


def test_adopting_one_says_which_other_is_still_to_be_settled(world: World) -> None:
    file, client = at_council(world), client_of(world.clerk)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    url = reverse("adopt_amendment", args=[one.pk])
    few = client.post(url, {"votes_for": 30})
    assert (few.status_code, "all three totals" in few.content.decode()) == (422, True)
    totals = {"votes_for": 30, "votes_against": 10, "abstained": 3}
    done = client.post(url, totals, follow=True).content.decode()
    assert "to be settled before the final text: amendment no. 2." in done
    again = client.post(reverse("adopt_amendment", args=[two.pk]))
    assert (again.status_code, "is adopted already" in again.content.decode()) == (409, True)
    assert 'name="despite"' in again.content.decode()
    meant = client.post(reverse("adopt_amendment", args=[two.pk]), {"despite": [one.pk]})
    assert meant.status_code == 302


@pytest.mark.parametrize(("act", "state"), [("reject", "rejected"), ("withdraw", "withdrawn")])
def test_the_other_ends_have_their_pages(world: World, act: str, state: str) -> None:
    file = at_council(world)
    one, url = amended(world, file), ""
    url = reverse(f"{act}_amendment", args=[one.pk])
    client = client_of(world.clerk)
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    one.refresh_from_db()
    assert one.state == state
    assert client.post(url).status_code == 409


def test_the_unit_writes_it_down_and_both_pages_lead_to_each_other(world: World) -> None:
    file, client = at_council(world), client_of(world.officer)
    one = amendments.adopt_amendment(amended(world, file), by=world.clerk)
    url = reverse("merge_amendment", args=[one.pk])
    assert "Write it into the working version" in client.get(url).content.decode()
    assert f'href="{url}"' in page("edit_text", slug(file), by=world.officer)
    assert client.post(url).status_code == 302
    assert f'href="{url}"' not in page("edit_text", slug(file), by=world.officer)
    assert client.post(url).status_code == 409
    texts.publish_version(file.draft, by=world.officer)
    address = reverse("amendment", args=[slug(file), one.number])
    changes = reverse("draft_changes", args=[slug(file)])
    assert address in page("draft_changes", slug(file))
    assert changes in page("amendment", slug(file), one.number)


def test_what_was_changed_meanwhile_is_written_by_hand_beside_both_texts(world: World) -> None:
    file, client = at_council(world), client_of(world.officer)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    amendments.adopt_amendment(one, by=world.clerk)
    two = amendments.adopt_amendment(two, despite=[one.pk], by=world.clerk)
    merging.merge_amendment(one, by=world.officer)
    merge = reverse("merge_amendment", args=[two.pk])
    assert "no longer as the amendment found it" in client.post(merge, follow=True).content.decode()
    (left,) = merging.waiting(two)
    url = reverse("merge_by_hand", args=[two.pk, left.pk])
    shown = client.get(url).content.decode()
    assert (THIRTY in shown, "14" in shown) == (True, True)
    stands = wording(file, "§ 2 ust. 1").revision
    stale = client.post(url, {"text": "Dwa tygodnie.", "revision": stands - 1})
    assert (stale.status_code, "Dwa tygodnie." in stale.content.decode()) == (409, True)
    assert client.post(url, {"text": "Dwa tygodnie.", "revision": stands}).status_code == 302
    assert client.get(url).status_code == 404


def test_nobody_else_may_act_and_everybody_may_read(world: World) -> None:
    file = at_council(world)
    one = amended(world, file, filed=GROUP)
    assert GROUP.reasons in page("amendment", slug(file), one.number)
    for by in (world.councillor, world.ngo, None):
        for name in ("adopt_amendment", "merge_amendment"):
            found = client_of(by).post(reverse(name, args=[one.pk]))
            assert found.status_code in {302, 403}
    one.refresh_from_db()
    assert one.state == "filed"


def test_a_deletion_that_would_take_out_more_says_how_it_is_done(world: World) -> None:
    file = at_council(world)
    gone = amended(world, file, place(file, "§ 2 ust. 2", how="delete"))
    undecided = page("merge_amendment", gone.pk, by=world.officer)
    assert "Only an adopted amendment is written into the text" in undecided
    inside = amended(world, file, place(file, "§ 2 ust. 2 pkt 1", "kultura – 900 000 zł;"))
    inside = amendments.adopt_amendment(inside, despite=[gone.pk], by=world.clerk)
    gone = amendments.adopt_amendment(gone, despite=[inside.pk], by=world.clerk)
    merging.merge_amendment(inside, by=world.officer)
    waiting = page("merge_amendment", gone.pk, by=world.officer)
    assert "name amendment no. 1 as the cause" in waiting.replace("\N{NO-BREAK SPACE}", " ")
    assert "Only an adopted amendment" not in waiting


def test_what_is_deleted_in_the_text_for_an_amendment_is_merged(world: World) -> None:
    """The way the page above names."""
    file = at_council(world)
    found = wording(file, "§ 2 ust. 2")
    gone = amended(world, file, place(file, "§ 2 ust. 2", how="delete"))
    inside = amended(world, file, place(file, "§ 2 ust. 2 pkt 1", "kultura – 900 000 zł;"))
    inside = amendments.adopt_amendment(inside, despite=[gone.pk], by=world.clerk)
    gone = amendments.adopt_amendment(gone, despite=[inside.pk], by=world.clerk)
    merging.merge_amendment(inside, by=world.officer)
    because = [Because(CauseKind.AMENDMENT, amendment=str(gone.number))]
    editing.delete_provision(file.draft, found.provision.key, by=world.officer, because=because)
    assert merging.waiting(gone) == []
