"""Statements written once, for every filing: building them anew costs more than asking.

The rows are those of the ORM, by its own columns and converters. Only for what is asked under load;
`python -m tests.bench --only filing` says whether it is worth it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Converters = list[tuple[int, Any, list[Callable[..., Any]]]]


class Part(NamedTuple):
    """The columns of one model in a row: where they stand, and how they are read."""

    model: type[models.Model]
    names: list[str]
    first: int


class Ready(NamedTuple):
    """What a statement is, for the database of this process."""

    text: str
    parts: list[Part]
    converters: Converters


class Plain(Generic[Row]):
    """Rows of a model, each with the row one of its foreign keys points to, if `beside` names it.

    `where` is what follows the tables, with %s for what is given; the tables go by their names.
    """

    def __init__(self, model: type[Row], where: str, *, beside: str = "") -> None:
        self._model, self._where, self._beside = model, where, beside
        self._ready: Ready | None = None

    def rows(self, *given: Any) -> list[Row]:
        """All of them, read anew."""
        ready = self._ready = self._ready or _prepared(self._model, self._where, self._beside)
        with connection.cursor() as cursor:
            cursor.execute(ready.text, given)
            found = cursor.fetchall()
        return [self._row(_converted(list(one), ready.converters), ready.parts) for one in found]

    def first(self, *given: Any) -> Row | None:
        """The first of them, if there is one."""
        return next(iter(self.rows(*given)), None)

    def _row(self, values: list[Any], parts: list[Part]) -> Row:
        made = [
            part.model.from_db(
                connection.alias, part.names, values[part.first : part.first + len(part.names)]
            )
            for part in parts
        ]
        if self._beside:
            setattr(made[0], self._beside, made[1])
        return made[0]  # type: ignore[return-value]  # the first part is of the model


def add(row: models.Model) -> None:
    """Insert a new row, as `save(force_insert=True)` does, and give it its key; sends no signal."""
    text, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        key = connection.ops.quote_name(str(row._meta.pk.column))
        cursor.execute(f"{text} {_places(fields)} RETURNING {key}", _values(row, fields))
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def add_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model at one stroke; they are given no keys."""
    if not rows:
        return
    text, fields = _insertion(type(rows[0]))
    with connection.cursor() as cursor:
        values = [value for row in rows for value in _values(row, fields)]
        cursor.execute(f"{text} {', '.join([_places(fields)] * len(rows))}", values)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, list[Any]]:
    """The beginning of the statement, and the fields whose values it is given, in their order."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    named = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    return f"INSERT INTO {quoted(model)} ({named}) VALUES", fields


def _places(fields: Sequence[Any]) -> str:
    return f"({', '.join(['%s'] * len(fields))})"


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(field.pre_save(row, True), connection=connection)  # noqa: FBT003 - the ORM's own
        for field in fields
    ]


def _prepared(model: type[models.Model], where: str, beside: str) -> Ready:
    shown = [model]
    table = quoted(model)
    if beside:
        field = model._meta.get_field(beside)
        other: Any = field.related_model
        shown.append(other)
        key = connection.ops.quote_name(str(field.column))  # type: ignore[union-attr]
        table += f" JOIN {quoted(other)} ON {quoted(other)}.id = {quoted(model)}.{key}"
    parts: list[Part] = []
    columns: list[Any] = []
    for one in shown:
        fields = one._meta.concrete_fields
        parts.append(Part(one, [field.attname for field in fields], len(columns)))
        columns += [field.get_col(one._meta.db_table) for field in fields]
    compiler = model._default_manager.all().query.get_compiler(connection=connection)
    needed = compiler.get_converters(columns)
    converters = [(at, column, list(how)) for at, (how, column) in needed.items()]
    named = ", ".join(column.as_sql(compiler, connection)[0] for column in columns)
    return Ready(f"SELECT {named} FROM {table} {where}", parts, converters)  # noqa: S608 - names of our own


def quoted(model: type[models.Model]) -> str:
    """The name of its table."""
    return connection.ops.quote_name(model._meta.db_table)


def _converted(values: list[Any], converters: Converters) -> list[Any]:
    for at, column, how in converters:
        for convert in how:
            values[at] = convert(values[at], column, connection)
    return values
