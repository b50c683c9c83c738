"""Words of the canary test: each stands once, in one column, and says who may read it."""

from dataclasses import dataclass, field
from typing import Any

from consultations.models import Actor

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Word:
    """Of which column it is, and who may read it: a person, an organisation, or everybody."""

    column: str
    readers: frozenset[str]


@dataclass
class Canaries:
    """The people by name, their words, the letters and log lines of all that happened."""

    words: dict[str, Word] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)  # of whom: whose member she is
    letters: list[Any] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    found: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # crawled once

    def word(self, column: str, *readers: str) -> str:
        """A new word for this column."""
        made = f"kanarek{len(self.words)}x"
        self.words[made] = Word(column, frozenset(readers))
        return made

    def name_shown(self, person: Actor, reader: str) -> None:
        """From here on the person's name may be read by this reader, too."""
        for word, one in self.words.items():
            if one.column == "User.name" and word in person.user.name:
                self.words[word] = Word(one.column, one.readers | {reader})

    def may_read(self, name: str) -> set[str]:
        """The words this person may find: her own, her organisation's, everybody's."""
        hers = {name, EVERYBODY, self.organisations.get(name, name)}
        return {word for word, one in self.words.items() if one.readers & hers}

    def columns(self, words: set[str]) -> set[str]:
        return {self.words[word].column for word in words}
