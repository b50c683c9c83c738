"""Forms found on a page and filled as a person would, to spoil one field at a time."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a person types into a field of this type, when the page gives nothing.
TYPED = {
    "date": "2026-11-20",
    "datetime-local": "2026-12-01T12:00",
    "number": "3",
    "email": "ktos@example.test",
    "checkbox": "on",
}
NOT_FIELDS = {"submit", "button", "image", "reset"}
WORDS = "Zwykłe słowa"


@dataclass
class FoundForm:
    """One form of a page: where it goes, how, and what stands in it."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.inside = False
        self.text_of = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            found = FoundForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(found)
            self.inside = True
        elif self.inside and tag in {"input", "textarea", "select", "option", "button"}:
            getattr(self, f"_{tag}")(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag in {"textarea", "select"}:
            fields = self.forms[-1].fields if self.forms else {}
            if self.text_of and not fields[self.text_of].strip():
                fields[self.text_of] = WORDS
            self.text_of = self.select = ""

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.forms[-1].fields[self.text_of] += data

    def _input(self, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        fields = self.forms[-1].fields
        if not name or kind in NOT_FIELDS or "disabled" in given:
            return
        if kind == "file":
            self.forms[-1].files.add(name)
        elif kind in {"radio", "checkbox"}:
            if name not in fields or "checked" in given:
                fields[name] = given.get("value", TYPED["checkbox"])
        else:
            fields[name] = given.get("value") or TYPED.get(kind, WORDS)

    def _textarea(self, given: dict[str, str]) -> None:
        self.text_of = given["name"]
        self.forms[-1].fields[self.text_of] = ""

    def _select(self, given: dict[str, str]) -> None:
        self.select = given["name"]
        self.forms[-1].fields.setdefault(self.select, "")

    def _option(self, given: dict[str, str]) -> None:
        fields = self.forms[-1].fields
        if self.select and (not fields[self.select] or "selected" in given):
            fields[self.select] = given.get("value", "")

    def _button(self, given: dict[str, str]) -> None:
        if given.get("name"):
            self.forms[-1].fields.setdefault(given["name"], given.get("value", ""))


def forms_of(html: str) -> list[FoundForm]:
    """Every form of the page that posts something, without the key against forged sends."""
    reader = Reader()
    reader.feed(html)
    for one in reader.forms:
        one.fields.pop("csrfmiddlewaretoken", None)
    return [one for one in reader.forms if one.method == "post" and one.fields]
