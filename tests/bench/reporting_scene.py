"""Answers every comment of the scene past the guards, which stand again; gathers a report."""

import time
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from consultations import triggers
from consultations.models import Actor, Answer, Comment, Consultation, Making, User
from consultations.models.clock import now
from consultations.services import report_files

ANSWER = "Zostaje 21 dni: to minimum ustawy o działalności pożytku publicznego."


def answer_all() -> None:
    """Every comment gets a published answer."""
    author, approver = Actor.objects.filter(grants__isnull=False).distinct()[:2]
    with transaction.atomic():
        triggers.drop(connection)
        Answer.objects.bulk_create(
            Answer(
                comment=one,
                outcome="rejected",
                reasons=ANSWER,
                author=author,
                approver=approver,
                answered_at=now(),
                approved_at=now(),
                published_at=now(),
            )
            for one in Comment.objects.all()
        )
        Comment.objects.update(state="published")
        connection.check_constraints()
        triggers.install(connection)


def gather(folder: Path) -> dict[str, Any]:
    """Gather a preview of the public copy as the job does; how long, in how many queries."""
    officer = User.objects.get(email="officer@urzad.test").actor
    copy = report_files.ask_report_files(Consultation.objects.get(), kind="preview", by=officer)
    slices = []
    with CaptureQueriesContext(connection) as asked:
        while copy.making == Making.GATHERING:
            began = time.perf_counter()
            copy = report_files.gather(copy)
            slices.append(time.perf_counter() - began)
    report_files.lay_out(copy, folder)
    return {
        "seconds": sum(slices),
        "longest_ms": max(slices) * 1e3,
        "queries": len(asked),
        "slices": len(slices),
    }
