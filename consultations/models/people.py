"""People, their roles and departments.

The `Actor` is a nameless row that is never deleted; login, name and address hang on it in rows
that can be erased, so that erasing a person leaves the record whole.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("civic dialogue unit")
    EXPERT = "expert", _("department expert")
    APPROVER = "approver", _("head of unit")
    COUNCILLOR = "councillor", _("councillor")
    CLERK = "clerk", _("council clerk")
    KRDPP_SECRETARY = "krdpp_secretary", _("secretary of the public-benefit council")
    AUDITOR = "auditor", _("auditor")


class Actor(models.Model):
    """Whoever acts: a person, the clock, or the operator, who gives commands on the server.

    Carries no personal data and stays for ever.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        CLOCK = "clock", _("clock")
        OPERATOR = "operator", _("operator")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="clock"), name="one_clock"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="operator"), name="one_operator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_clock(self) -> bool:
        return self.kind == self.Kind.CLOCK

    @property
    def is_operator(self) -> bool:
        return self.kind == self.Kind.OPERATOR

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON


def clock() -> Actor:
    """The actor of everything that time causes."""
    return Actor.objects.get(kind=Actor.Kind.CLOCK)


def operator() -> Actor:
    """The actor of commands on the server: people, roles and organisations are entered there."""
    return Actor.objects.get(kind=Actor.Kind.OPERATOR)


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet["User"]:
        """With the actor, which every request needs."""
        return super().get_queryset().select_related("actor")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A login: erasable, unlike its actor. No superuser: everybody meets the same policy."""

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name and surname"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.actor_id:
            self.actor = Actor.objects.create()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return str(self)


class Department(models.Model):
    """A substantive department (komórka merytoryczna)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role an actor holds, in one department at a time; ending it keeps the row."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor", "role"], condition=Q(until=None), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=~Q(role="expert") | Q(department__isnull=False),
                name="expert_has_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.role}"


class Substitution(models.Model):
    """Who signs for an absent head of unit, from one day to another (zastępstwo)."""

    absent = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="substitutions")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-first_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="substitution_has_days"
            ),
            models.CheckConstraint(
                condition=~Q(substitute=F("absent")), name="nobody_substitutes_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id}"
