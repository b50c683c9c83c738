"""`consultations.text.folding.fold` in SQL: the same words for both databases, no extension."""

from typing import Any

from django.db.models import Func, TextField

from consultations.text.folding import PAIRS


class Folded(Func):
    """A text as a search compares it."""

    arity = 1
    output_field = TextField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_context: Any
    ) -> tuple[str, Any]:
        """LOWER that knows ASCII alone, whatever the locale of the database, then the table."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        plain = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
        folded = f"LOWER(({sql}){plain})"
        for letter, bare in PAIRS:
            folded = f"REPLACE({folded}, '{letter}', '{bare}')"
        return folded, params
