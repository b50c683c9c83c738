"""Statements written once, for reads of every filing: building them anew costs more than asking.

The rows are those of the ORM, by its own columns and converters. Only for what is asked under load;
`python -m tests.bench --only filing` says whether it is worth it.
"""

from collections.abc import Callable
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
