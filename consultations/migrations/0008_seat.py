import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

NUMBERS = ("krs", "nip", "regon")


def part_numbers(apps, _schema):
    """A number of two organisations stays with the first; the record keeps what was entered."""
    organisations, seen = apps.get_model("consultations", "Organisation").objects, set()
    for one in organisations.exclude(krs="").order_by("pk"):
        if one.krs in seen:
            organisations.filter(pk=one.pk).update(krs="")
        seen.add(one.krs)


def say_who(apps, _schema):
    """Organisations there are were verified by the operator; comments get who signed them then."""
    actor, organisation, mandate, comment = (
        apps.get_model("consultations", name)
        for name in ("Actor", "Organisation", "Mandate", "Comment")
    )
    if organisation.objects.exists():
        operator, _new = actor.objects.get_or_create(kind="operator")
        organisation.objects.update(verified_at=timezone.now(), verified_by=operator)
    for one in mandate.objects.order_by("pk"):
        ended = Q() if one.until is None else Q(filed_at__lt=one.until)
        signed = comment.objects.filter(
            ended,
            organisation=one.organisation_id,
            filed_by=one.actor_id,
            recorded_by=F("filed_by"),
            channel="form",
            filed_at__gte=one.since,
        )
        signed.update(mandate=one)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0007_text"),
    ]

    operations = [
        migrations.RunPython(part_numbers, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="membership", name="member_once"),
        migrations.RenameModel(old_name="Membership", new_name="Mandate"),
        migrations.AlterModelOptions(name="mandate", options={"ordering": ["pk"]}),
        migrations.AlterField(
            model_name="mandate",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="consultations.actor",
            ),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="consultations.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="mandate",
            name="kind",
            field=models.CharField(
                choices=[("drafter", "drafter"), ("signatory", "signatory")],
                default="signatory",
                max_length=10,
                verbose_name="function",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mandate",
            name="basis",
            field=models.TextField(blank=True, default="", verbose_name="on what basis"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mandate",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="mandate",
            name="refused_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="nip",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="NIP"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="regon",
            field=models.CharField(blank=True, default="", max_length=14, verbose_name="REGON"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="verified_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verified",
                to="consultations.actor",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="needs_sign_off",
            field=models.BooleanField(default=False, verbose_name="internal sign-off"),
        ),
        migrations.AddField(
            model_name="comment",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="consultations.mandate",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=Q(since__isnull=False, until=None),
                fields=("organisation", "actor"),
                name="mandate_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=Q(refused_because="", since=None),
                fields=("organisation", "actor"),
                name="asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=Q(since=None) | Q(refused_because=""), name="granted_or_refused"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | Q(since__isnull=False),
                name="asked_or_entered",
            ),
        ),
        *(
            migrations.AddConstraint(
                model_name="organisation",
                constraint=models.UniqueConstraint(
                    condition=~Q(**{number: ""}), fields=(number,), name=f"{number}_once"
                ),
            )
            for number in NUMBERS
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="verified_by_somebody",
            ),
        ),
        migrations.RunPython(say_who, migrations.RunPython.noop, elidable=True),
    ]
