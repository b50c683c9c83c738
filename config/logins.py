"""Logins made by the office: the address counts as verified, so one signs in by a code at once."""

from allauth.account.models import EmailAddress

from consultations.models import User


def open_login(email: str, name: str = "") -> User:
    """A new login; the address must be nobody's yet."""
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def find_login(email: str) -> User | None:
    """Whose address it is, in whatever case it is written."""
    return User.objects.filter(email__iexact=email.strip()).first()


def login_of(email: str, name: str = "") -> tuple[User, bool]:
    """The login of this address, made when there is none; says whether it was made."""
    found = find_login(email)
    return (found, False) if found else (open_login(email.strip(), name), True)
