"""Where a draft is, for everybody: the picture with its list, and the same as BPMN."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflows.walk import Walk
from workflows.picture import STATIONS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
pytestmark = pytest.mark.django_db


def page(name: str, slug: str) -> str:
    reply = Client().get(reverse(name, args=[slug]), headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def diagram(slug: str) -> ET.Element:
    process = ET.fromstring(page("road_bpmn", slug)).find(f"{BPMN}process")  # noqa: S314
    assert process is not None
    return process


def names(process: ET.Element) -> dict[str, str]:
    return {
        one.attrib["id"].removeprefix("id_node_"): one.attrib.get("name", "")
        for one in process
        if one.attrib["id"].startswith("id_node_")
    }


def test_anybody_sees_where_the_draft_is(walk: Walk) -> None:
    consultation = walk.opened()
    seen = page("road", consultation.slug)
    assert "Comments are taken until the clock closes" in seen
    assert seen.count('aria-current="step"') == 2  # of the stages and of the steps
    assert reverse("road_bpmn", args=[consultation.slug]) in seen
    assert reverse("road", args=[consultation.slug]) in page("consultation", consultation.slug)


def test_a_draft_that_is_not_announced_has_no_public_road(walk: Walk) -> None:
    consultation = walk.drafted()
    for name in ("road", "road_bpmn"):
        assert Client().get(reverse(name, args=[consultation.slug])).status_code == 404


def test_the_diagram_has_every_step_and_says_how_far_each_is(walk: Walk) -> None:
    found = names(diagram(walk.opened().slug))
    assert set(STATIONS) <= set(found)
    assert found["prepare_text"] == "The text is prepared and announced (done)"
    assert found["await_closing"] == "Comments are taken until the clock closes (open now)"
    assert found["adopt"] == "The resolution gets its number"


def test_the_day_of_the_review_hangs_on_its_step(walk: Walk) -> None:
    process = diagram(walk.opened().slug)
    (boundary,) = process.findall(f"{BPMN}boundaryEvent")
    assert boundary.attrib["attachedToRef"] == "id_node_review_comments"
    assert boundary.attrib["cancelActivity"] == "false"


def test_every_arrow_of_the_diagram_has_both_ends(walk: Walk) -> None:
    process = diagram(walk.opened().slug)
    known = {one.attrib["id"] for one in process}
    flows = process.findall(f"{BPMN}sequenceFlow")
    assert len(flows) > len(STATIONS)
    for one in flows:
        assert {one.attrib["sourceRef"], one.attrib["targetRef"]} <= known
