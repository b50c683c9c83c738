"""docs/settings.md lists what the settings read, no more and no less."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_variable_the_settings_read_is_in_the_table_and_no_other() -> None:
    read = re.findall(
        r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    )
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").partition("## For tests")[0]
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == sorted(set(read))
