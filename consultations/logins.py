"""Opening a login for an e-mail address: the site does it, which knows what signing in asks for.

The layer above registers how, once it is ready; services call it without knowing.
"""

from collections.abc import Callable

from consultations.models import User

Open = Callable[[str, str], tuple[User, bool]]
_registered: list[Open] = []


def register(how: Open) -> None:
    """`how` gives the login of an address, made under the name when there is none, and whether
    it was made; the latest one registered is used.
    """
    _registered[:] = [how]


def login_of(email: str, name: str) -> User:
    """Whose address it is; a login of its own when it is nobody's yet."""
    user, _made = _registered[0](email, name)
    return user
