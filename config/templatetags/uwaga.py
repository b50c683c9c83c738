"""Tags every template has: controls of forms, redlines, words of states, sentences of events."""

from functools import cache
from typing import Any

from django import template
from django.db.models import Model
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.utils.html import format_html
from django.utils.safestring import SafeString

from consultations import wording
from consultations.selectors import following
from consultations.text import typography
from consultations.text.redline import redline

register = template.Library()

# The first that fits gives the class; what fits none is a plain input.
CLASSES: tuple[tuple[Any, str], ...] = (
    (RadioSelect, "govuk-radios__input"),
    (CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (CheckboxInput, "govuk-checkboxes__input"),
    (FileInput, "govuk-file-upload"),
    (Textarea, "govuk-textarea"),
    (Select, "govuk-select"),
)
COLOURS = {
    "received": "blue",
    "admitted": "turquoise",
    "assigned": "orange",
    "proposed": "purple",
    "approved": "teal",
    "published": "green",
    "withdrawn": "grey",
    "hidden": "red",
    "left": "grey",
    "awaited": "yellow",
    "given": "green",
    "waived": "grey",
    "filed": "blue",
    "adopted": "green",
    "rejected": "red",
}


@register.filter
def govuk(field: BoundField) -> SafeString:
    """The control with the class of its kind."""
    widget = field.field.widget
    kind = next((css for one, css in CLASSES if isinstance(widget, one)), "govuk-input")
    wrong = " ".join(f"{kind}--error" for _ in [1] if field.errors)
    own = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": " ".join(filter(None, [kind, wrong, own]))})


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Several controls under one question: a fieldset with a legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_single_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_optional(field: BoundField) -> bool:
    """Never needed; `conditional` names the fields a form asks for when another one says so."""
    return not field.field.required and field.name not in getattr(field.form, "conditional", ())


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of the hint and the error of a field."""
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    return " ".join([*ids, *([f"{field.auto_id}_error"] if field.errors else [])])


@register.filter
def first_control_id(field: BoundField) -> str:
    """Where a link of the error summary leads."""
    return f"{field.auto_id}_0" if is_choice_list(field) else str(field.id_for_label)


@register.inclusion_tag("uwaga/breadcrumbs.html")
def breadcrumbs(*pairs: Any) -> dict[str, Any]:
    """`{% breadcrumbs label url label url label %}`; the last label stands for this page."""
    urls = [*pairs[1::2], *([None] if len(pairs) % 2 else [])]
    return {"trail": list(zip(pairs[::2], urls, strict=True))}


@register.inclusion_tag("uwaga/redline.html", name="redline")
def show_redline(old: str, new: str) -> dict[str, Any]:
    """What came and what went, word by word, said in words too."""
    return {"pieces": redline(typography.typo(old), typography.typo(new))}


@register.inclusion_tag("consultations/public/follow.html", takes_context=True)
def follow_button(context: template.Context, thing: Any) -> dict[str, Any]:
    """Follow a document, draft (or its round) or provision (or its wording), or stop."""
    request = context["request"]
    actor = getattr(request, "actor", None)
    return {
        "visitor": actor is None,
        "button": following.button(actor, thing),
        "back": request.get_full_path(),
    }


@register.simple_tag
def state_tag(obj: Model) -> SafeString:
    """The state of a row in a word and a colour."""
    state = str(obj.state)  # type: ignore[attr-defined]  # of every machine
    return format_html(
        '<strong class="govuk-tag govuk-tag--{} uw-tag-s">{}</strong>',
        COLOURS.get(state, "blue"),
        _states(type(obj))[state],
    )


@cache
def _states(model: type[Model]) -> dict[str, Any]:
    """The words of its states: `get_state_display` builds them anew for every row."""
    return dict(model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]


@register.filter
def shortened(text: str, most: int) -> str:
    """As `truncatechars`, letter by letter as they are stored: lists of many rows."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.filter
def outcome_words(code: str) -> Any:
    """The outcome of an answer in words."""
    return wording.OUTCOMES[code]


@register.filter
def kept(text: str) -> str:
    """What a person wrote; of what was erased, that it was."""
    return wording.kept(text)


@register.filter
def typo(text: Any) -> str:
    """A citation or the text of a provision, with spaces that do not break where they must not."""
    return typography.typo(str(text))


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key, or nothing."""
    return mapping.get(key)
