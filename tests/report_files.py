"""The files of reports, written here and now: the job's own steps, without its process."""

import tempfile
from pathlib import Path

from django.test import override_settings
from django.utils import translation

from consultations.models import Making, ReportCopy
from consultations.services import report_files
from consultations.text.formats.reports import volume_file
from consultations.text.formats.reports.writing import write_all


def write_report_files() -> int:
    """Order what is due in English and write every copy; gives how many."""
    report_files.forget()
    spoken = translation.get_language() or "en"
    with override_settings(LANGUAGES=[("en", "English")]):  # which forgets the language of now
        report_files.order_public_copies()
    translation.activate(spoken)
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
