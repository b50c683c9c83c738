"""What was missing when an exception was asked for; earlier ones name nothing and cover nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0022_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="override",
            name="missing",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
