"""The shapes the demonstration's data comes in; slugs and names join the tables."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["officer", "expert", "approver", "clerk", "councillor", "krdpp_secretary", "auditor"]
LegalForm = Literal[
    "association",
    "foundation",
    "church",
    "lgu_association",
    "social_cooperative",
    "nonprofit_company",
    "sports_club",
]
DocumentKind = Literal[
    "strategy", "multi_year_programme", "sector_programme", "annual_programme", "local_act"
]


@dataclass(frozen=True)
class Department:
    slug: str
    name: str


@dataclass(frozen=True)
class StaffMember:
    email: str
    name: str
    role: Role
    department: str | None = None  # slug of a Department


@dataclass(frozen=True)
class Member:
    email: str
    name: str
    function: Literal["drafter", "signatory"] = "signatory"


@dataclass(frozen=True)
class Organisation:
    name: str
    legal_form: LegalForm
    krs: str  # ten digits
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Councillor:
    name: str
    club: str


@dataclass(frozen=True)
class Document:
    slug: str
    kind: DocumentKind
    title: str
    period: str
    part_of: str | None = None  # slug of the document this one is an element of
    carries_out: tuple[str, ...] = ()  # slugs of the documents whose goals it takes over


WayKind = Literal["open_meeting", "workshop", "expert_hours", "online_form", "email", "paper"]


@dataclass(frozen=True)
class DemoWay:
    """One form of consultation; a meeting or hours have a day, what was held has its minutes."""

    kind: WayKind
    place: str
    day: str = ""  # ISO
    hours: tuple[str, str] = ("17:00", "19:00")
    came: int = 0
    minutes: str = ""  # "": nobody has entered them
    later: bool = False  # planned only after the announcement


CommentKind = Literal["change", "delete", "add", "question"]
Outcome = Literal["accepted", "partly", "rejected", "explained", "out_of_scope"]


@dataclass(frozen=True)
class DemoComment:
    """One comment; the citation is None for the whole draft and has plain spaces in it."""

    provision_citation: str | None
    author: str  # an organisation's name, or a citizen's e-mail address
    kind: CommentKind
    proposed_wording: str  # the whole provision as it should read; "" for questions and deletions
    reasons: str
    named: bool = False  # a resident who agreed that everybody reads the name


@dataclass(frozen=True)
class DemoAnswer:
    """One answer; the index counts from 0 in the tuple of comments it belongs to."""

    comment_index: int
    outcome: Outcome
    reasons: str
    replaced: tuple[str, str] = ("", "")  # what is accepted: words of the provision, and new ones
    accepted_part: str = ""  # of what is accepted in part
