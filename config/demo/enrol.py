"""The cast becomes rows: departments, people with their roles and logins, organisations."""

from dataclasses import dataclass, field
from datetime import datetime

from config.demo.cast import CITIZENS, DEPARTMENTS, ORGANISATIONS, STAFF
from config.logins import open_login
from consultations.calendar import WARSAW
from consultations.models import Actor, Department, Mandate, Organisation, RoleGrant
from consultations.models.people import operator

BASIS = "wpis w rejestrze albo uchwała zarządu"
SINCE = datetime(2024, 5, 7, 9, 0, tzinfo=WARSAW)  # the day after the council was sworn in


@dataclass
class Cast:
    """Who there is, by address, name or slug."""

    people: dict[str, Actor] = field(default_factory=dict)  # by e-mail address
    organisations: dict[str, Organisation] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    def author(self, name: str) -> tuple[Actor, Organisation | None]:
        """Who writes a comment: a resident by address, or the organisation's first member."""
        if name in self.people:
            return self.people[name], None
        body = next(one for one in ORGANISATIONS if one.name == name)
        return self.people[body.members[0].email], self.organisations[name]


def enrol() -> Cast:
    """Write everybody; their work begins on `SINCE`."""
    cast = Cast()
    for one in DEPARTMENTS:
        cast.departments[one.slug] = Department.objects.create(slug=one.slug, name=one.name)
    _staff(cast)
    _organisations(cast)
    for resident in CITIZENS:
        cast.people[resident.email] = _person(resident.email, resident.name)
    return cast


def _staff(cast: Cast) -> None:
    for one in STAFF:
        actor = cast.people[one.email] = _person(one.email, one.name)
        department = cast.departments[one.department] if one.department else None
        RoleGrant.objects.create(actor=actor, role=one.role, department=department, since=SINCE)


def _organisations(cast: Cast) -> None:
    for body in ORGANISATIONS:
        row = Organisation.objects.create(
            name=body.name,
            legal_form=body.legal_form,
            krs=body.krs,
            verified_at=SINCE,
            verified_by=operator(),
        )
        cast.organisations[body.name] = row
        for member in body.members:
            actor = cast.people[member.email] = _person(member.email, member.name)
            Mandate.objects.create(
                organisation=row, actor=actor, kind=member.function, basis=BASIS, since=SINCE
            )


def _person(email: str, name: str) -> Actor:
    return open_login(email, name).actor
