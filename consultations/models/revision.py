"""What stands behind a change of the text: its cause, and where a provision came from or went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.amendments import AmendmentPlace
from consultations.models.comments import Comment
from consultations.models.drafts import Provision, TextVersion, Wording
from consultations.models.opinions import Opinion
from consultations.models.people import Actor


class CauseKind(models.TextChoices):
    COMMENT = "comment", _("comment")
    OPINION = "opinion", _("opinion")
    AMENDMENT = "amendment", _("council amendment")
    OWN = "own", _("own initiative of the office")
    EDITORIAL = "editorial", _("editorial correction")


class Cause(models.Model):
    """Why a provision changed in a version (przyczyna zmiany): one row for each cause.

    Of a comment it says which change the comment led to. `note` says in words what an act of the
    office itself was for; `amendment` is the number of a council amendment (poprawka), `amended`
    the place of it that is in the text by this change.
    """

    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="causes")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="causes")
    kind = models.CharField(_("cause"), max_length=10, choices=CauseKind)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    opinion = models.ForeignKey(
        Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    amendment = models.CharField(_("number of the amendment"), max_length=40, blank=True)
    amended = models.ForeignKey(
        AmendmentPlace, on_delete=models.PROTECT, null=True, blank=True, related_name="causes"
    )
    note = models.TextField(_("what it was for"), blank=True)
    named_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="causes")
    named_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["named_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["text_version", "provision", "comment"], name="comment_causes_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="comment", comment__isnull=False)
                | (~Q(kind="comment") & Q(comment=None)),
                name="cause_names_its_comment",
            ),
            models.CheckConstraint(
                condition=Q(kind="opinion", opinion__isnull=False)
                | (~Q(kind="opinion") & Q(opinion=None)),
                name="cause_names_its_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(kind="amendment") | ~Q(amendment=""), name="amendment_has_number"
            ),
            models.CheckConstraint(
                condition=Q(kind="amendment") | Q(amended=None), name="only_amendments_amend"
            ),
            models.CheckConstraint(
                condition=~Q(kind="own") | ~Q(note=""), name="own_initiative_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text_version_id}/{self.provision_id}"


class Descent(models.Model):
    """A provision cut out of another one, or one whose words went into another one.

    `split`: `provision` is new in the version and came out of `other`; `joined`: `provision` ends
    with the version before, its words stand in `other`.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("split")
        JOINED = "joined", _("joined")

    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="descents")
    kind = models.CharField(max_length=6, choices=Kind)
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="descents")
    other = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text_version", "provision"], name="descends_once")
        ]

    def __str__(self) -> str:
        return f"{self.provision_id} {self.kind} {self.other_id}"


class UnsavedEdit(models.Model):
    """What a person types into a provision before saving it: survives logout and crash.

    `revision` is that of the wording the person began from.
    """

    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="unsaved")
    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="unsaved")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="unsaved")
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["author", "text_version", "provision"], name="unsaved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.provision_id}"


class Viewed(models.Model):
    """A person has looked at a provision in this wording; another wording is new to her."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="viewed")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="viewed")
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "provision"], name="viewed_once")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.provision_id}"
