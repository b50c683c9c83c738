"""State machines: django-fsm behind guards that say in words what is missing.

The only module that imports `django_fsm`. A transition is declared with `@act`; only the door
(`consultations.services.door`) may call it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _
from django_fsm import FSMField as AnyFSMField
from django_fsm import Transition as FsmTransition
from django_fsm import transition

from consultations.errors import NotThroughTheDoor

__all__ = ["Act", "FSMField", "Guard", "Stateful", "act", "acts_of", "door_open", "find_act"]

_open_for: ContextVar[tuple[str, int] | None] = ContextVar("open_for", default=None)
_gone_over: ContextVar[frozenset[str]] = ContextVar("gone_over", default=frozenset())


class FSMField(AnyFSMField):
    """The state of a machine. In migrations it is the column of text that it is.

    A field of django-fsm listens to every model class made afterwards, and migrations make
    thousands: they took twice as long.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


@dataclass(frozen=True)
class Guard:
    """A condition of a transition that can say what it misses.

    `sentence` gives a lazily translated sentence for the object; `clears` names the URL of the
    list that clears it; an absolute guard can never be overridden (the database holds it too).
    `names` gives what its words count, by name; `words` of such a guard take those names.
    `place` gives the round whose list clears it, where that need not be the latest one.
    `lacks` gives what is missing in codes of no language, so that an exception can be bound to
    it; `label` says such a code in words. Without `lacks` no exception goes over the guard.
    """

    code: str
    words: Any
    holds: Callable[[Any], bool]
    clears: str = ""
    absolute: bool = True
    legal_basis: str = ""
    names: Callable[[Any], list[str]] | None = None
    place: Callable[[Any], Any] | None = None
    lacks: Callable[[Any], list[str]] | None = None
    label: Callable[[Any, str], str] | None = None

    def missing(self, obj: Any) -> list[str]:
        """What is missing for this object, in codes; nothing of a guard that cannot name it."""
        return sorted(set(self.lacks(obj))) if self.lacks else []

    def in_words(self, obj: Any, codes: Iterable[str]) -> list[str]:
        """These codes in words."""
        return [self.label(obj, one) if self.label else one for one in codes]

    def covered(self, obj: Any, granted: Iterable[str]) -> bool:
        """Whether an exception from `granted` reaches everything that is missing now."""
        missing = set(self.missing(obj))
        return bool(missing) and missing <= set(granted)

    def beyond(self, obj: Any, granted: Iterable[str]) -> "Guard":
        """The same guard, saying that a granted exception does not reach what is missing now."""
        new = sorted(set(self.missing(obj)) - set(granted))
        named = ", ".join(self.in_words(obj, new))
        words = _(
            "%(sentence)s The granted exception does not cover what is missing now; new since it"
            " was asked for: %(named)s. Withdraw it and ask again, or meet the condition."
        ) % {"sentence": self.says(obj), "named": named}
        return replace(self, words=words, names=None)

    def says(self, obj: Any) -> str:
        """What is missing for this object, in words."""
        if self.names is not None:
            return str(self.words(self.names(obj)))
        return str(self.words(obj) if callable(self.words) else self.words)

    def __call__(self, obj: Any) -> bool:
        """Whether it holds; inside the door also where a granted exception goes over it."""
        return self.holds(obj) or (not self.absolute and self.code in _gone_over.get())

    @property
    def __name__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Act:
    """One declared transition: `name` from any of `sources` to `target` under `guards`."""

    name: str
    kind: str
    sources: tuple[str, ...]
    target: str  # empty: the state stays as it is
    guards: tuple[Guard, ...]

    @property
    def edges(self) -> list[tuple[str, str]]:
        """From where to where."""
        return [(source, self.target or source) for source in self.sources]

    def unmet(self, obj: Any) -> list[Guard]:
        """The guards that do not hold for `obj` now and that no exception goes over."""
        return self.weighed(obj)[0]

    def weighed(self, obj: Any) -> tuple[list[Guard], list[Guard]]:
        """Of the guards that do not hold: those that stop the act, and those it is let pass over.

        Only a guard that is not absolute can be gone over, whatever the rows say.
        """
        failing = [guard for guard in self.guards if not guard(obj)]
        if all(guard.absolute for guard in failing):
            return failing, []
        granted = obj.exceptions(self.kind)
        asked = [one for one in failing if not one.absolute and one.code in granted]
        over = [one for one in asked if one.covered(obj, granted[one.code])]
        stops = [one for one in failing if one not in over]
        return [one.beyond(obj, granted[one.code]) if one in asked else one for one in stops], over


def act(
    *, source: str | Iterable[str], target: str = "", guards: Iterable[Guard] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a method as a transition of the machine; calling it outside the door is refused.

    Without a `target` the state stays: a day is moved, a number is entered.
    """
    sources = [str(source)] if isinstance(source, str) else [str(one) for one in source]

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        def guarded(self: models.Model, *args: Any, **kwargs: Any) -> None:
            if _open_for.get() != (self._meta.label_lower, self.pk):
                raise NotThroughTheDoor(method.__name__)
            method(self, *args, **kwargs)

        guarded.__name__, guarded.__doc__ = method.__name__, method.__doc__
        declared: Callable[..., None] = guarded
        for one in sources:
            leads_to = str(target or one)
            declared = transition("state", one, leads_to, conditions=list(guards))(declared)
        return declared

    return declare


@contextmanager
def door_open(obj: models.Model, over: Iterable[str] = ()) -> Iterator[None]:
    """Let transitions of exactly this object through; used by the door alone.

    `over` are the codes of the guards a granted exception lets it pass over.
    """
    token, gone = _open_for.set((obj._meta.label_lower, obj.pk)), _gone_over.set(frozenset(over))
    try:
        yield
    finally:
        _gone_over.reset(gone)
        _open_for.reset(token)


def acts_of(model: type["Stateful"]) -> list[Act]:
    """Every declared transition of a model, in the order of the source."""
    found: dict[str, list[FsmTransition]] = {}
    for one in cast("Any", model._meta).get_field("state").get_all_transitions(model):
        found.setdefault(one.name, []).append(one)
    order = [name for name in vars(model) if name in found]
    return [_act_from(model, name, found[name]) for name in order]


def _act_from(model: type["Stateful"], name: str, edges: list[FsmTransition]) -> Act:
    targets = {str(edge.target) for edge in edges}
    stays = all(str(edge.source) == str(edge.target) for edge in edges)
    return Act(
        name=name,
        kind=f"{model.machine}.{name}",
        sources=tuple(str(edge.source) for edge in edges),
        target="" if stays and len(targets) > 1 else targets.pop(),
        guards=tuple(cast("list[Guard]", edges[0].conditions)),
    )


def find_act(obj: "Stateful", name: str) -> Act:
    """The declared transition `name` of `obj`; KeyError when there is none."""
    return {one.name: one for one in acts_of(type(obj))}[name]


class Stateful(models.Model):
    """A row with a protected state and a version that grows by one with every act.

    `refresh_from_db` works although the state is protected: django-fsm's own mixin would leave
    a stale state behind.
    """

    machine: str  # short name: the first half of every kind of event, e.g. "comment"
    initial: str

    state: Any  # every machine's model gives it its own states
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def exceptions(self, kind: str) -> dict[str, list[str]]:
        """By guard, what granted exceptions let this row do without in that act."""
        overrides = getattr(self, "overrides", None)
        if overrides is None:
            return {}
        granted = overrides.filter(act_kind=kind, state="granted")
        return dict(granted.values_list("guard_code", "missing"))

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: Any = None,
    ) -> None:
        names = None if fields is None else list(fields)
        kept = self.__dict__.pop("state", None) if names is None or "state" in names else None
        if names is None:
            deferred = self.get_deferred_fields() - {"state"}
            names = [f.attname for f in self._meta.concrete_fields if f.attname not in deferred]
        try:
            super().refresh_from_db(using=using, fields=names, from_queryset=from_queryset)
        except BaseException:
            if kept is not None:
                self.__dict__["state"] = kept
            raise
