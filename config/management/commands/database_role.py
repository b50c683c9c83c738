"""`manage.py database_role NAME`: the role the web application connects as on PostgreSQL."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from consultations import rights


class Command(BaseCommand):
    help = "Give a role what the application needs and no more; run it as the tables' owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", type=_name, help="small letters, digits, underscores")
        parser.add_argument("--print", action="store_true", help="print the SQL, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        name: str = options["name"]
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: whoever may write the file may do anything.")
        if rights.exists(connection, name):
            _refuse_powerful(name)
            statements = list(rights.grants(connection, name))
        else:
            statements = [f'CREATE ROLE "{name}" LOGIN', *rights.grants(connection, name)]
        if options["print"]:
            self.stdout.write("".join(f"{one};\n" for one in statements), ending="")
            return
        _run(statements)
        self.stdout.write(f"{name} may do what the application needs, and owns nothing.")
        self.stdout.write(f"Set its password with \\password {name} in psql, and run this again")
        self.stdout.write("after each upgrade: new tables need rights, too.")


def _name(word: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", word):
        raise ArgumentTypeError(f"{word}: small letters, digits and underscores only")
    return word


def _refuse_powerful(name: str) -> None:
    if rights.too_much(connection, name):
        raise CommandError(f"{name} owns the tables or is above all rights: choose another role.")


def _run(statements: list[str]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for one in statements:
                cursor.execute(one)
    except DatabaseError as error:
        who = rights.owner(connection)
        raise CommandError(
            f"Nothing was changed. Run this as {who}, or let an administrator run what --print"
            f" says. {error}"
        ) from error
