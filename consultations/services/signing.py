"""Under which mandate a person signs for an organisation; what came on paper has none."""

from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.errors import NotYours
from consultations.models import Actor, Mandate, Organisation, User

NOT_FOR_THEM = _("You cannot file comments in the name of this organisation.")
ONLY_DRAFTS = _(
    "You prepare comments for this organisation; a signatory files them. Save the comment as a"
    " draft and pass it to a signatory, or ask for the function of a signatory."
)
NOT_VERIFIED = _(
    "This organisation has not been verified yet, so it cannot file comments. The unit that runs"
    " the consultation compares its data with the register and tells you when it is done."
)


def to_sign(organisation: Organisation, by: Actor) -> Mandate:
    """The running mandate of a signatory of a verified organisation. Raises NotYours."""
    mandate = policy.mandate_to_sign(by, organisation.pk)
    if mandate is None:
        drafts = organisation.pk in policy.organisations_of(by)
        raise NotYours(ONLY_DRAFTS if drafts else NOT_FOR_THEM)
    if not mandate.organisation.is_verified:
        raise NotYours(NOT_VERIFIED)
    return mandate


def signed(organisation: int | None, by: Actor) -> dict[str, int]:
    """The fact under which mandate something is said for an organisation; none for oneself."""
    mandate = None if organisation is None else policy.mandate_to_sign(by, organisation)
    return {} if mandate is None else {"mandate": mandate.pk}


def check_still_here(by: Actor) -> None:
    """A request that began before its sender was erased leaves nothing of hers after it."""
    if not User.objects.filter(actor=by).exists():
        raise NotYours
