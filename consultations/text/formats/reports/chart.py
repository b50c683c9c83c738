"""A chart of bars as SVG: the same for a page and for a PDF; its numbers stand in a table too."""

from collections.abc import Sequence

from consultations.text.formats.reports.description import Bar
from consultations.text.formats.reports.package import attribute, text

WIDTH, STEP, HEIGHT = 480, 46, 16  # of the drawing, of a bar with its label, of the bar
LONGEST = 60  # letters of a label; the table has all of them


def svg(bars: Sequence[Bar], said: str) -> str:
    """The drawing; `said` is what a screen reader says in its stead."""
    most = max((bar.count for bar in bars), default=0)
    high = len(bars) * STEP + 4
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={attribute(said)}'
        f' width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}">'
    )
    lines = [head]
    for place, bar in enumerate(bars):
        wide = WIDTH * bar.count // most if most else 0
        lines.append(
            f'<text x="0" y="{place * STEP + 18}" font-size="14" fill="#0b0c0c"'
            f' font-family="Libertinus Serif, serif">{text(_label(bar))}</text>'
            f'<rect x="0" y="{place * STEP + 25}" width="{wide}" height="{HEIGHT}"'
            ' fill="#1d70b8"/>'
        )
    return "".join([*lines, "</svg>"])


def _label(bar: Bar) -> str:
    label = bar.label if len(bar.label) <= LONGEST else f"{bar.label[: LONGEST - 1]}…"
    return f"{label}: {bar.count}"
