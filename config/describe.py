"""docs/flows.md, printed from the code: machines, acts, guards, words, who is told, the flow."""

import re
from collections.abc import Iterable, Iterator

from django.utils import translation

from consultations import policy, wording
from consultations.models import MACHINES
from consultations.models.machine import Act, Guard, Stateful, acts_of
from consultations.procedures import ANNUAL, COMMON
from notifications import rules
from workflows.flows import DraftingFlow
from workflows.road import BESIDE
from workflows.steps import STEPS as HUMAN_STEPS

HEAD = """# Flows

Printed from the code by `manage.py describe`; a test keeps it current. Do not edit.

An act goes through the door: lock, policy, state, guards, transition, entry of the trail. Whoever
may not do it is refused (`NotYours`, 403); from another state it is refused, because somebody was
faster (`WrongState`, 409); a guard that is not met refuses with its sentence (`Unmet`, 409), and
nothing of the act remains. *Absolute* guards can never be overridden. In sentences, ‹names› stand
for facts of the event.
"""
FREE = """## Events that change no state

What is made or published is recorded too, through the same door.
"""
KINDS = {
    "start": "start",
    "end": "end",
    "human": "a person's step",
    "timer": "timer",
    "function": "done by the clock",
    "exclusive_gateway": "question",
}
FIGURES = """## Figures of the law

Days, quorum and majority are rows with their legal basis; a draft keeps the version it began with.
These are delivered; a new reading of the law is a new version.
"""
FLOW = """## The flow of a draft

Which step is open says who must act next. The state of the draft is the legal truth; a step is only
created when the state calls for it.
"""


def page() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        machines = [_machine(model) for model in MACHINES]
        return "\n".join([HEAD, *machines, FREE + _free(), FIGURES + _figures(), FLOW + _steps()])


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
    yield _line(("guard", "a refusal says", "cleared on the page", "legal basis", "kind"))
    yield "|" + "---|" * 5
    for guard in found.values():
        kind = "absolute" if guard.absolute else "overridable"
        clears = f"`{guard.clears}`" if guard.clears else ""
        yield _line((f"`{guard.code}`", _says(guard), clears, guard.legal_basis, kind))
    yield ""


class _TwoThere:
    """Stands for a thing of which there are two, so that a refusal that counts can speak."""

    def __getattr__(self, _name: str) -> "_TwoThere":
        return self

    def __call__(self, *_arguments: object, **_named: object) -> "_TwoThere":
        return self

    def __iter__(self) -> Iterator[int]:
        return iter((1, 2))

    def count(self) -> int:
        return 2

    def number_of(self, key: str) -> int:
        """A figure of the law, as delivered."""
        return next(int(one.value) for one in (*COMMON, *ANNUAL) if one.key == key)


def _says(guard: Guard) -> str:
    if guard.names is not None:
        return str(guard.words(["‹1›", "‹2›"]))
    return guard.says(_TwoThere())


def _free() -> str:
    """Kinds of events that no transition records."""
    changing = {act.kind for model in MACHINES for act in acts_of(model)}
    kinds = [kind for kind in wording.SENTENCES if kind not in changing]
    lines = ["", _line(("event", "who may", "recorded as", "told")), "|" + "---|" * 4]
    lines += [_line((f"`{kind}`", _who(kind), _sentence(kind), _told(kind))) for kind in kinds]
    return "\n".join([*lines, ""])


def _figures() -> str:
    lines = ["", _line(("figure", "value", "legal basis", "confirmed")), "|" + "---|" * 4]
    for one in (*COMMON, *ANNUAL):
        sure = "yes" if one.confirmed else "not yet"
        lines.append(_line((f"`{one.key}`", f"{one.value} {one.unit}", one.legal_basis, sure)))
    return "\n".join([*lines, ""])


def _steps() -> str:
    """The nodes in the order of the road, with whoever each of them waits for."""
    road = _road()
    drawn = [f"    {_drawn(a)} --> {_drawn(b)}" for a, after in road.items() for b in after]
    drawn += [f"    {host} -.-> {timer}" for timer, host in BESIDE.items()]
    lines = ["", "```mermaid", "flowchart TD", *drawn, "```", ""]
    lines += [_line(("step", "kind", "waits for", "leads to")), "|" + "---|" * 4]
    for name, after in road.items():
        kind = DraftingFlow.instance.node(name).task_type.lower()
        lines.append(_line((f"`{name}`", KINDS[kind], _waits_for(name, kind), ", ".join(after))))
    return "\n".join([*lines, ""])


def _drawn(name: str) -> str:
    """`end` is a word of Mermaid's own."""
    return 'the_end["end"]' if name == "end" else name


def _road() -> dict[str, list[str]]:
    """Each node with those it leads to, from the start on."""
    found: dict[str, list[str]] = {}
    waiting = ["start"]
    for name in waiting:
        node = DraftingFlow.instance.node(name)
        edges = node._outgoing()  # noqa: SLF001 - viewflow offers no other way
        found[name] = sorted({edge.dst.name for edge in edges})
        waiting += [one.name for one in node._boundary_events]  # noqa: SLF001
        waiting += [one for one in found[name] if one not in waiting]
    return found


def _waits_for(name: str, kind: str) -> str:
    if kind == "timer":
        return str(wording.WHO["clock"])
    return _who(HUMAN_STEPS[name].action) if name in HUMAN_STEPS else ""
