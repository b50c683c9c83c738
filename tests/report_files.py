"""The files of reports, written here and now: the job's own steps, without its process."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from consultations.models import Making, ReportCopy
from consultations.services import report_files, report_orders
from consultations.text.formats.reports import volume_file
from consultations.text.formats.reports.writing import write_all


def write_report_files() -> int:
    """Order what is due in English and write every copy; gives how many."""
    report_orders.forget()
    with pytest.MonkeyPatch.context() as patch:  # `override_settings` would forget the language
        patch.setattr(settings, "LANGUAGES", [("en", "English")])
        report_orders.order_public_copies()
    done = 0
    while (copy := report_files.next_copy()) is not None:
        write(copy)
        done += 1
    return done


def write(copy: ReportCopy) -> None:
    """One copy from its first slice to its last file."""
    while copy.making == Making.GATHERING:
        copy = report_files.gather(copy)
    if copy.making != Making.WRITING:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report_files.lay_out(copy, folder)
        write_all(folder, volume_file.write)
        for path in folder.glob("report.*.*"):
            _report, part, ending = path.name.split(".")
            report_files.keep_file(copy, ending, int(part), path)
    report_files.finish(copy)
