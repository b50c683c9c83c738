"""Drafts as files: reading them (`files`), writing them (`writing`), and what both are made of."""
