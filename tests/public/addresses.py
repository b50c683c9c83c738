"""The public addresses of a consultation."""

from django.urls import reverse

from consultations.models import Consultation

OF_A_ROUND = ("consultation", "read_draft", "comments", "report", "journal", "roll_call")


def address(name: str, consultation: Consultation, *more: object, query: str = "") -> str:
    """The address of a page of this round."""
    return reverse(name, args=[consultation.slug, *more]) + (f"?{query}" if query else "")


def every_page(consultation: Consultation) -> list[str]:
    """Every public page that says something of this round, of its text and its comments."""
    reading = reverse("read_draft", args=[consultation.slug])
    numbers = consultation.comments.values_list("number", flat=True)
    keys = consultation.draft.provisions.values_list("key", flat=True)
    return [
        reverse("home"),
        reverse("documents"),
        reverse("document", args=[consultation.draft.document.slug]),
        *[reverse(name, args=[consultation.slug]) for name in OF_A_ROUND],
        reverse("report_file", args=[consultation.slug, "csv"]),
        reverse("comments_csv", args=[consultation.slug]),
        f"{reading}?tylko=uwagi",
        f"{reading}?przepis=calosc",
        *[f"{reading}?przepis={key}" for key in keys],
        *[reverse("provision", args=[key]) for key in keys],
        *[reverse("comment", args=[consultation.slug, number]) for number in numbers],
    ]
