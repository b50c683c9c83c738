"""The report in every format, written from one neutral description; no database, no settings."""
