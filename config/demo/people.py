"""Everybody one can step in as: name, role in words, address, and the group they belong to."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.demo.cast import CITIZENS, DEPARTMENTS, ORGANISATIONS, STAFF
from config.demo.shapes import StaffMember
from consultations.models import Role

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("City office"), (Role.OFFICER, Role.APPROVER)),
    (gettext_lazy("Departments"), (Role.EXPERT,)),
    (gettext_lazy("City council"), (Role.CLERK, Role.COUNCILLOR)),
    (gettext_lazy("Opinion and control"), (Role.KRDPP_SECRETARY, Role.AUDITOR)),
)
# The bar offers one person for each part of the story; the page /demo/ has everybody.
MAIN = (
    "marta.wisniak@przykladowo.example",
    "ewa.skowronik@przykladowo.example",
    "joanna.rebacz@przykladowo.example",
    "alicja.kurzyk@podworka.example",
    "halina.kostrzewiak@poczta.example",
    "barbara.ciesielniak@przykladowo.example",
    "kinga.bialowas@przykladowo.example",
    "renata.opolczyk@przykladowo.example",
)


class Face(NamedTuple):
    """One person of the demonstration as the bar shows them."""

    email: str
    name: str
    role: str


class Group(NamedTuple):
    """The people of one side of the table."""

    title: str
    faces: list[Face]


def groups() -> list[Group]:
    """Everybody, by the side they sit on, in the reader's language."""
    offices = [
        Group(str(title), [_staff(one) for one in STAFF if one.role in roles])
        for title, roles in GROUPS
    ]
    members = [
        Face(member.email, member.name, body.name)
        for body in ORGANISATIONS
        for member in body.members
    ]
    citizens = [Face(one.email, one.name, _("resident")) for one in CITIZENS]
    return [*offices, Group(_("Organisations"), members), Group(_("Residents"), citizens)]


def _staff(one: StaffMember) -> Face:
    departments = {department.slug: department.name for department in DEPARTMENTS}
    role = str(Role(one.role).label)
    department = departments.get(one.department or "")
    return Face(one.email, one.name, f"{role}, {department}" if department else role)


def faces() -> list[Face]:
    """Everybody in one list."""
    return [face for group in groups() for face in group.faces]


def main_faces() -> list[Face]:
    """Those the bar offers, in the order of the story."""
    by_email = {face.email: face for face in faces()}
    return [by_email[email] for email in MAIN]
