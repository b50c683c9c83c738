"""The table of personal data is whole: every column of the project, every table with a person."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from config.impersonal import impersonal
from config.keeping import TABLE, personal
from consultations import erasers, exporters, retention
from consultations.models import Actor, Comment, User
from consultations.services.erasing import find
from tests.world import World, signed_in


def columns(models: Iterable[type[Model]]) -> set[str]:
    """Every column that a table of these has of its own, with many-to-many ones."""
    return {
        f"{model.__name__}.{field.name}"
        for model in models
        for field in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)
    }


def unlisted(models: Iterable[type[Model]]) -> set[str]:
    """Columns that stand neither among the personal nor among the others."""
    return columns(models) - set(personal()) - impersonal()


def test_every_column_of_the_project_is_listed_and_nothing_else() -> None:
    there = columns(apps.get_models())
    assert unlisted(apps.get_models()) == set()
    assert (set(personal()) | impersonal()) - there == set()
    assert set(personal()) & impersonal() == set()


def test_models_of_two_apps_never_share_a_name() -> None:
    """The table names columns by the model alone."""
    names = [model.__name__ for model in apps.get_models()]
    assert len(names) == len(set(names))


class Planted:
    """A table with a column nobody listed."""

    class _meta:  # noqa: N801 - as Django has it
        local_concrete_fields = (
            *User._meta.local_concrete_fields,
            Comment._meta.get_field("case_number"),
        )
        local_many_to_many = ()


def test_a_planted_column_is_found() -> None:
    """The control of the walk."""
    planted: Any = type("User", (Planted,), {})
    assert unlisted([*apps.get_models(), planted]) == {"User.case_number"}


# Tables that outlive her, with nothing but her number: what the record is.
KEPT_NAMELESS = {
    *("Entry", "Answer", "Advice", "Report", "ReportCopy", "Cause", "CommentGroup"),
    *("Organisation", "Override", "ProcedureProposal", "RollCall", "VoteSheet"),
}


def of_people() -> dict[str, type[Model]]:
    """The tables of the table of personal data that point to a person."""
    return {
        model.__name__: model
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model in (Actor, User) and f"{model.__name__}.{field.name}" in personal()
    }


def without_an_eraser(person: Actor) -> set[str]:
    found = find(person)
    erased = {rows.model.__name__ for name, rows in vars(found).items() if name != "others"}
    erased |= {rows.model.__name__ for rows in found.others.values()}
    return set(of_people()) - erased - KEPT_NAMELESS


def without_an_exporter(person: Actor) -> set[str]:
    return set(of_people()) - {one.find(person).model.__name__ for one in exporters.every()}


@pytest.mark.django_db
def test_every_table_with_a_person_in_it_is_erased_and_exported() -> None:
    """Tasks of the flow have no owner: who acted is in the record."""
    person = signed_in("ewa@poczta.test", "Ewa")
    assert len(of_people()) > 15
    assert without_an_eraser(person) == {"Task"}
    assert without_an_exporter(person) == {"Task"}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "table"), [("letters", "Letter"), ("notices", "Notice")])
def test_a_layer_that_forgot_one_of_them_is_found(
    monkeypatch: pytest.MonkeyPatch, name: str, table: str
) -> None:
    """The control."""
    person = signed_in("ewa@poczta.test", "Ewa")
    monkeypatch.delitem(erasers._registered, name)
    monkeypatch.delitem(exporters._registered, name)
    assert without_an_eraser(person) == {"Task", table}
    assert without_an_exporter(person) == {"Task", table}


def test_every_rule_of_time_has_its_days_and_its_row() -> None:
    rules = {rule.name for rule in retention.every()}
    assert rules == set(settings.KEEP_DAYS) == {one.rule for one in TABLE if one.rule}


def test_the_codes_of_the_rows_are_their_addresses() -> None:
    codes = [one.code for one in TABLE]
    assert len(codes) == len(set(codes))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_shows_every_row_with_its_days(
    client: Client, world: World, settings: Any, language: str
) -> None:
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"letters": 417, "notices": 0}
    page = client.get(reverse("privacy"), headers={"accept-language": language}).content.decode()
    rows = [page.index(f'<tr id="{one.code}">') for one in TABLE]
    assert rows == sorted(rows)
    letters = page[page.index('id="letters"') :].partition("</tr>")[0]
    notices = page[page.index('id="notices"') :].partition("</tr>")[0]
    assert ("417" in letters, "365" in notices) == (True, False)
