"""Prefer the SQLite that the `pysqlite3` wheel brings over an older one of the system.

SQLite below 3.51.3 has a bug by which a write-ahead log may be reset wrongly. Where no wheel
exists the system's library stays, and a system check (`config.checks`) warns.
"""

import importlib
import sys


def prefer_bundled() -> None:
    """Put `pysqlite3` in the place of `sqlite3`; does nothing where it is not installed."""
    try:
        bundled = importlib.import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = bundled.dbapi2
