"""`python -m consultations.text.formats.reports FOLDER [VOLUME]`: a process that only writes files.

Without a volume it writes every format, and starts a process of its own for each volume of the
PDF, so that no memory is held longer than one of them needs.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

NICE = 5  # pages go first
MOST_BYTES = 1 << 30  # of data; past that the process fails, and not the machine


def main(folder: Path, volume: int) -> None:
    """One volume, or all files."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    if volume:
        from consultations.text.formats.reports import (  # noqa: PLC0415 - typst is for this alone
            volume_file,
        )

        volume_file.write(folder, volume)
        return
    from consultations.text.formats.reports.writing import write_all  # noqa: PLC0415 - and this not

    os.nice(NICE)
    write_all(folder, write_apart)


def write_apart(folder: Path, volume: int) -> None:
    """One volume in a process of its own."""
    command = [sys.executable, "-m", "consultations.text.formats.reports", str(folder), str(volume)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
