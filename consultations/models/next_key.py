"""The key a row is going to have, so that its entry can name it before it is written."""

from typing import Any

from django.db import connection, models


def next_key(model: type[models.Model]) -> int:
    """Set aside a key of the table for one new row; to be called in the act's transaction.

    On SQLite the transaction holds the only lock there is, so nobody else is given the same.
    """
    table: Any = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            cursor.execute(
                "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [table]
            )
        return int(cursor.fetchone()[0])
