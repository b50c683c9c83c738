"""docs/flows.md, printed from the code: machines, acts, guards, words, who is told, the flow."""

import re
from collections.abc import Iterable, Iterator

from django.utils import translation

from consultations import policy, wording
from consultations.models import MACHINES
from consultations.models.machine import Act, Guard, Stateful, acts_of
from notifications import rules
from workflows.flows import DraftingFlow

HEAD = """# Flows

Printed from the code by `manage.py describe`; a test keeps it current. Do not edit.

An act goes through the door: lock, policy, state, guards, transition, entry of the trail. A guard
that is not met refuses with its sentence. *Absolute* guards can never be overridden.
"""
FREE = """## Events that change no state

What is made or published is recorded too, through the same door.
"""
STEPS = """## The flow of a draft

Which step is open says who must act next. The state of the draft is the legal truth; a step is only
created when the state calls for it.
"""


def page() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        parts = [HEAD, *(_machine(model) for model in MACHINES), FREE + _free(), STEPS + _steps()]
        return "\n".join(parts)


def _machine(model: type[Stateful]) -> str:
    acts = acts_of(model)
    name = str(model._meta.verbose_name)
    first = str(model.initial)
    lines = [f"## {name[:1].upper()}{name[1:]} (`{model.machine}`)", "", *_diagram(acts, first), ""]
    lines += ["| act | from | to | who may | guards | recorded as | told |", "|" + "---|" * 7]
    lines += [_row(act) for act in acts]
    return "\n".join([*lines, "", *_guards(acts)])


def _diagram(acts: Iterable[Act], first: str) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {first}"
    for act in acts:
        for source, target in _edges(act):
            yield f"    {source} --> {target}: {act.name}"
    yield "```"


def _edges(act: Act) -> list[tuple[str, str]]:
    return [(source, act.target) for source in act.sources]


def _row(act: Act) -> str:
    cells = (
        f"`{act.name}`",
        ", ".join(act.sources),
        act.target,
        _who(act.kind),
        ", ".join(f"`{guard.code}`" for guard in act.guards),
        _sentence(act.kind),
        _told(act.kind),
    )
    return _line(cells)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _who(kind: str) -> str:
    _rule, names = policy.ACTIONS[kind]
    return ", ".join(str(wording.WHO[name]) for name in names)


def _sentence(kind: str) -> str:
    """The sentence of the event, with ‹names› where facts will stand."""
    return re.sub(r"%\((\w+)\)s", r"‹\1›", str(wording.SENTENCES[kind]))


def _told(kind: str) -> str:
    return ", ".join(str(rule.who) for rule in rules.WHO_IS_TOLD[kind])


def _guards(acts: Iterable[Act]) -> Iterator[str]:
    """Each guard of a machine once, with what a refusal says."""
    found = {guard.code: guard for act in acts for guard in act.guards}
    if not found:
        return
    yield _line(("guard", "a refusal says", "legal basis", "kind"))
    yield "|" + "---|" * 4
    for guard in found.values():
        kind = "absolute" if guard.absolute else "overridable"
        yield _line((f"`{guard.code}`", _says(guard), guard.legal_basis, kind))
    yield ""


def _says(guard: Guard) -> str:
    return "counts what is missing, in words" if callable(guard.words) else str(guard.words)


def _free() -> str:
    """Kinds of events that no transition records."""
    changing = {act.kind for model in MACHINES for act in acts_of(model)}
    kinds = [kind for kind in wording.SENTENCES if kind not in changing]
    lines = ["", _line(("event", "who may", "recorded as", "told")), "|" + "---|" * 4]
    lines += [_line((f"`{kind}`", _who(kind), _sentence(kind), _told(kind))) for kind in kinds]
    return "\n".join([*lines, ""])


def _steps() -> str:
    lines = ["", _line(("step", "kind", "leads to")), "|" + "---|" * 3]
    for node in sorted(DraftingFlow.instance.nodes(), key=lambda one: one.name):
        leads = sorted({edge.dst.name for edge in node._outgoing()})  # noqa: SLF001 - viewflow offers no other way
        lines.append(_line((f"`{node.name}`", node.task_type.lower(), ", ".join(leads))))
    return "\n".join([*lines, ""])
