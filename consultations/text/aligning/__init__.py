"""Which provision of a new wording is which of the old one; `align.align` is the way in."""
