"""The roll calls of a file as pages show them: the one that counts, and those it replaced."""

from consultations.models import CouncilFile, Draft, DraftState, RollCall


def latest(draft: Draft) -> RollCall | None:
    """The roll call that counts, of the draft's last file."""
    calls = RollCall.objects.filter(council_file__draft=draft)
    joined = calls.select_related("council_file__draft__procedure")
    return joined.order_by("council_file", "pk").last()


def earlier(file: CouncilFile | None) -> list[RollCall]:
    """The roll calls that were replaced, the latest first."""
    return list(file.roll_calls.all())[-2::-1] if file else []


def contradicts(draft: Draft, vote: RollCall | None) -> bool:
    """Whether the roll call, as corrected, says the opposite of the decision that was entered."""
    if vote is None or draft.state not in (DraftState.ADOPTED, DraftState.REJECTED):
        return False
    return vote.carried is not (draft.state == DraftState.ADOPTED)
