"""Acts that move a draft are called from `workflows` only; everybody else calls `workflows`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from consultations.services import consultations, council, drafts
from workflows import services

ROOT = Path(__file__).resolve().parents[2]
STAGE = {
    "register_draft": drafts,
    "announce_consultation": consultations,
    "correct_notice": consultations,
    "prolong_consultation": consultations,
    "cancel_consultation": consultations,
    "withdraw_draft": drafts,
    "send_back_draft": council,
    "open_consultation": consultations,
    "begin_consultation": drafts,
    "close_consultation": consultations,
    "begin_review": drafts,
    "finish_review": drafts,
    "submit_to_council": council,
    "give_print_number": council,
    "record_vote": council,
    "adopt_draft": council,
    "reject_draft": council,
}
BY_THE_CLOCK = {
    "open_consultation",
    "begin_consultation",
    "close_consultation",
    "begin_review",
}


def used_from_services(source: str) -> Iterator[str]:
    """Names this source takes from `consultations.services`, by import or by attribute."""
    tree, modules = ast.parse(source), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "consultations.services"
        ):
            modules |= {one.asname or one.name for one in node.names}
            yield from (one.name for one in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _begins_in(node, modules):
            yield node.attr


def _begins_in(node: ast.Attribute, modules: set[str]) -> bool:
    parts = ast.unparse(node.value)
    return parts in modules or parts.startswith("consultations.services")


def offenders() -> list[str]:
    found = []
    for package in ("config", "consultations", "notifications"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.is_relative_to(ROOT / "consultations" / "services"):
                continue
            names = set(used_from_services(path.read_text())) & set(STAGE)
            found += [f"{path.relative_to(ROOT)}: {name}" for name in sorted(names)]
    return found


def test_nobody_but_workflows_moves_a_draft() -> None:
    assert offenders() == []


def test_the_search_finds_what_it_looks_for() -> None:
    """The control of the test above."""
    by_name = "from consultations.services.drafts import finish_review"
    by_module = "from consultations.services import drafts as texts\ntexts.finish_review(1)"
    by_path = "import consultations.services.drafts\nconsultations.services.drafts.finish_review()"
    ours = "from workflows.services import finish_review\nfinish_review()"
    found = [set(used_from_services(one)) & set(STAGE) for one in (by_name, by_module, by_path)]
    assert found == [{"finish_review"}] * 3
    assert set(used_from_services(ours)) == set()


def test_every_act_that_moves_a_draft_is_listed_and_wrapped() -> None:
    assert [name for name, module in STAGE.items() if not hasattr(module, name)] == []
    assert [name for name in set(STAGE) - BY_THE_CLOCK if not hasattr(services, name)] == []
