"""Organisations: added, corrected, verified against the register, their internal sign-off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from consultations import policy, register_numbers
from consultations.errors import Invalid
from consultations.models import Actor, LegalForm, Organisation
from consultations.models.clock import now
from consultations.services.door import note, one_action, require
from consultations.text.said import says_something

WRONG_NUMBER = {
    "krs": _("A KRS number has ten digits."),
    "nip": _("This is not a NIP number: it has ten digits, and the last one fits the others."),
    "regon": _("This is not a REGON number: nine or fourteen digits, and the last one fits."),
}
NUMBERS = tuple(WRONG_NUMBER)
TAKEN_NUMBER = _("Another organisation has this number. Look for it by the number.")


@dataclass(frozen=True)
class Data:
    """What identifies an organisation; the numbers may be typed with blanks and dashes."""

    name: str
    legal_form: str
    krs: str = ""
    nip: str = ""
    regon: str = ""

    def bare(self) -> "Data":
        """As it is kept."""
        numbers = {kind: register_numbers.bare(getattr(self, kind)) for kind in NUMBERS}
        return Data(" ".join(self.name.split()), self.legal_form, **numbers)


def add_organisation(data: Data, *, by: Actor) -> Organisation:
    """An organisation people may act for; verified at once if whoever adds it may verify.

    Raises NotYours, Invalid.
    """
    data = data.bare()
    with _once(), one_action():
        require(by, "office.add_organisation")
        _check(data)
        made = Organisation(**asdict(data))
        if policy.can(by, "office.verify_organisation"):
            made.verified_at, made.verified_by = now(), by
        made.save()
        facts = _facts(made) | {"verified": made.is_verified}
        note(None, "office.add_organisation", by=by, facts=facts)
    return made


def correct_organisation(organisation: Organisation, data: Data, *, by: Actor) -> Organisation:
    """Put its data right; what the record said before stays there. Raises NotYours, Invalid."""
    data = data.bare()
    with _once(), one_action():
        require(by, "office.correct_organisation")
        row = hold_organisation(organisation.pk)
        _check(data, but=row)
        for name, value in asdict(data).items():
            setattr(row, name, value)
        row.save(update_fields=list(asdict(data)))
        note(None, "office.correct_organisation", by=by, facts=_facts(row))
    return row


def verify_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Its data were compared with the register; from now on it files. Raises NotYours, Invalid."""
    with one_action():
        require(by, "office.verify_organisation")
        row = hold_organisation(organisation.pk)
        if row.is_verified:
            raise Invalid(_("This organisation is verified already."))
        row.verified_at, row.verified_by = now(), by
        row.save(update_fields=["verified_at", "verified_by"])
        note(None, "office.verify_organisation", by=by, facts=_facts(row))
    return row


def switch_sign_off(organisation: Organisation, *, needed: bool, by: Actor) -> Organisation:
    """Whether a second person looks at a draft before it is filed. Raises NotYours, Invalid."""
    with one_action():
        require(by, "office.switch_sign_off", organisation)
        row = hold_organisation(organisation.pk)
        if row.needs_sign_off == needed:
            raise Invalid(_("This is how it is already."))
        row.needs_sign_off = needed
        row.save(update_fields=["needs_sign_off"])
        facts = {"organisation": row.pk, "name": row.name, "needed": needed}
        note(None, "office.switch_sign_off", by=by, facts=facts)
    return row


@contextmanager
def _once() -> Iterator[None]:
    """Two people enter the same organisation at once: the second is told, as the database says."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid(
            _("There is an organisation of this name or number already."), "name"
        ) from error


def hold_organisation(pk: int) -> Organisation:
    """The row, locked: acts on an organisation and on its mandates go one after another."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=pk)


def _check(data: Data, but: Organisation | None = None) -> None:
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    if not says_something(data.name):
        raise Invalid(_("Write the full name, as in the register."), "name")
    if data.legal_form not in LegalForm.values:
        raise Invalid(_("Choose one of the legal forms."), "legal_form")
    if others.filter(name__iexact=data.name).exists():
        raise Invalid(_("There is an organisation of this name already."), "name")
    for kind, sentence in WRONG_NUMBER.items():
        number = getattr(data, kind)
        if number and not register_numbers.is_right(kind, number):
            raise Invalid(sentence, kind)
        if number and others.filter(**{kind: number}).exists():
            raise Invalid(TAKEN_NUMBER, kind)


def _facts(row: Organisation) -> dict[str, object]:
    numbers = {kind: getattr(row, kind) for kind in NUMBERS}
    return {"organisation": row.pk, "name": row.name, "legal_form": row.legal_form, **numbers}
