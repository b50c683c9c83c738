"""The tree of the log: the hashes each entry completes, and signed heads."""

from typing import Any

from django.db import migrations, models

from consultations.ledger.tree import Frontier
from consultations.ledger.verify import leaf_hash

AT_ONCE = 1000


def grow_the_tree(apps: Any, _schema: Any) -> None:
    """Give the entries that are there their hashes; their words are not touched."""
    entry = apps.get_model("consultations", "Entry")
    frontier, lot = Frontier(), []
    for row in entry.objects.order_by("seq").only("seq", "payload").iterator(AT_ONCE):
        row.nodes = frontier.append(leaf_hash(row.payload.encode()))
        lot.append(row)
        if len(lot) == AT_ONCE:
            entry.objects.bulk_update(lot, ["nodes"])
            lot = []
    entry.objects.bulk_update(lot, ["nodes"])


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_operator")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="nodes",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField(max_length=32)),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["size"]},
        ),
        migrations.RunPython(grow_the_tree, migrations.RunPython.noop, elidable=True),
    ]
