"""The job that writes the files of reports: gathers in short slices, lets a process write them.

The loop is one thread and must not stand still, so it only looks whether the process is done.
"""

import atexit
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from consultations.models import Making, ReportCopy
from consultations.services import report_files, report_orders
from workflows import loop

log = logging.getLogger(__name__)
SLICE_SECONDS = 0.15  # of one turn of the loop
LONGEST = 1800.0  # seconds that a process may take
COMMAND = [sys.executable, "-m", "consultations.text.formats.reports"]
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")  # of the environment


@dataclass
class _Writing:
    """The process that writes now."""

    copy: int
    folder: Path
    process: "subprocess.Popen[bytes]"
    began: float


class _Now:
    writing: _Writing | None = None
    swept: bool = False  # of what an earlier process left behind


def make_report_files() -> int:
    """A job of the tick: order what is due, then go on with the oldest copy for a moment."""
    _sweep()
    done = report_orders.order_public_copies()
    copy = report_files.next_copy()
    if copy is None:
        _clear()
        return done
    if copy.making == Making.GATHERING:
        return done + _gather(copy)
    return done + _write(copy)


def _gather(copy: ReportCopy) -> int:
    until, slices = time.monotonic() + SLICE_SECONDS, 0
    while copy.making == Making.GATHERING and (not slices or time.monotonic() < until):
        try:
            copy = report_files.gather(copy)
        except Exception:  # whatever it was, the reports after it must not wait for ever
            log.exception("report copy %d could not be gathered", copy.pk)
            report_files.fail(copy)
            return slices
        slices += 1
    loop.wake()
    return slices


def _write(copy: ReportCopy) -> int:
    """Start the process, or take what it has finished; gather again what was erased."""
    writing = _Now.writing
    if not report_files.is_described(copy):
        _clear()
        report_files.begin_anew(copy)
        loop.wake()
        return 1
    if writing is None or writing.copy != copy.pk:
        _clear()
        _Now.writing = _start(copy)
        return 1
    code = writing.process.poll()
    kept = _take(copy, writing.folder)
    if code is None and time.monotonic() - writing.began < LONGEST:
        return kept
    _clear()
    if code == 0:
        report_files.finish(copy)
        loop.wake()
    else:
        log.warning("the files of report copy %d were not written (%s)", copy.pk, code)
        report_files.fail(copy)
    return kept + 1


def _start(copy: ReportCopy) -> _Writing:
    folder = _folder()
    report_files.lay_out(copy, folder)
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    process = subprocess.Popen(
        [*COMMAND, str(folder)], cwd=settings.BASE_DIR, env=env, start_new_session=True
    )

    def wait() -> None:
        process.wait()
        loop.wake()

    threading.Thread(target=wait, name="report-files", daemon=True).start()
    return _Writing(copy.pk, folder, process, time.monotonic())


def _take(copy: ReportCopy, folder: Path) -> int:
    """Keep every finished file; an empty one only marks what was kept before."""
    found = [path for path in sorted(folder.glob("report.*.*")) if path.stat().st_size]
    kept = 0
    for path in found:
        _report, part, ending = path.name.split(".")
        kept += report_files.keep_file(copy, ending, int(part), path)
        os.truncate(path, 0)
    return kept


@atexit.register
def stop_writing() -> int:
    """End the writing that is on its way, if one is: whoever leads begins it again."""
    writes = _Now.writing is not None
    _clear()
    return int(writes)


def _clear() -> None:
    """End the processes of a copy that is done, and remove its folder."""
    writing, _Now.writing = _Now.writing, None
    if writing is None:
        return
    if writing.process.poll() != 0:  # one that broke off may leave the writer of a volume
        with suppress(ProcessLookupError):
            os.killpg(writing.process.pid, signal.SIGKILL)
    shutil.rmtree(writing.folder, ignore_errors=True)


def _folder() -> Path:
    settings.REPORT_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=settings.REPORT_FOLDER))


def _sweep() -> None:
    """Descriptions hold names: those of a process that was killed go as soon as one leads again."""
    if not _Now.swept:
        shutil.rmtree(settings.REPORT_FOLDER, ignore_errors=True)
        _Now.swept = True
