"""The JavaScript verifier under Node: one process that answers a line for every record.

Node is the one on PATH, or the one Playwright's driver brings, so a missing Node is rare.
"""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

SOURCE = Path(__file__).resolve().parents[2] / "config" / "static" / "js" / "verify.js"
NO_NODE = "Node is missing: neither on PATH nor in Playwright's driver"
LOOP = """
const lines = require("readline").createInterface({ input: process.stdin });
(async () => {
  for await (const line of lines) {
    const { record, key } = JSON.parse(line);
    const verdict = await verifyRecord(new Uint8Array(Buffer.from(record, "base64")), key);
    process.stdout.write(JSON.stringify(verdict) + "\\n");
  }
})();
"""


def node() -> str | None:
    """The program, or None when this machine has none."""
    if found := shutil.which("node"):
        return found
    driver = Path(compute_driver_executable()[0])
    return str(driver) if driver.exists() else None


class Node:
    """`verify(bytes)` gives what `verifyRecord` gives; `source` may be a blinded script."""

    def __init__(self, source: str | None = None) -> None:
        program = node()
        if program is None:
            raise RuntimeError(NO_NODE)
        script = (SOURCE.read_text(encoding="utf-8") if source is None else source) + LOOP
        self._process = subprocess.Popen(
            [program, "-e", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def verify(self, record: bytes, key: str | None = None) -> dict[str, Any]:
        """The verdict on one file."""
        asked: dict[str, str] = {"record": base64.b64encode(record).decode()}
        if key is not None:
            asked["key"] = key
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        into.write(json.dumps(asked).encode() + b"\n")
        into.flush()
        return dict(json.loads(out.readline()))

    def said(self, record: bytes, key: str | None = None) -> tuple[bool, str]:
        """Whether the record agrees, and if not, which check says so."""
        verdict = self.verify(record, key)
        return bool(verdict["ok"]), str(verdict["what"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=10)


@contextmanager
def running(source: str | None = None) -> Iterator[Node]:
    """A verifier for the length of a block."""
    one = Node(source)
    try:
        yield one
    finally:
        one.close()


def blinded(check: str, instead: str) -> str:
    """The script with one check taken out; the pattern must be there exactly once."""
    script, found = re.subn(check, instead, SOURCE.read_text(encoding="utf-8"))
    assert found == 1, f"{check!r} stands in verify.js {found} times"
    return script
