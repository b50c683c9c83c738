"""ODT files made for tests from pieces of their XML."""

import io

from consultations.text.formats.odf import SPACES, packed

_NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items() if prefix != "xml")
LEVELS = [("I", "Rozdział ", ""), ("1", "§ ", "."), ("1", "", "."), ("1", "", ")"), ("a", "", ")")]


def list_style(name: str = "L1", extra: str = "") -> str:
    """A list of six levels: rozdział, §, ust., pkt, lit. and a bullet."""
    numbers = "".join(
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{kind}"'
        f' style:num-prefix="{before}" style:num-suffix="{after}" {extra}/>'
        for depth, (kind, before, after) in enumerate(LEVELS, start=1)
    )
    bullet = '<text:list-level-style-bullet text:level="6" text:bullet-char="•"/>'
    return f'<text:list-style style:name="{name}">{numbers}{bullet}</text:list-style>'


def item(depth: int, text: str, *, around: str = "", start: str = "") -> str:
    """A list of one paragraph at this depth (from 1); `around` are attributes of the list."""
    begun = f' text:start-value="{start}"' if start else ""
    inside = f"<text:list-item{begun}><text:p>{text}</text:p></text:list-item>"
    for _level in range(depth - 1):
        inside = f"<text:list-item><text:list>{inside}</text:list></text:list-item>"
    return f'<text:list text:style-name="L1" {around}>{inside}</text:list>'


def content(body: str, styles: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ).encode()


def odt(body: str, styles: str = "", named: str = "") -> io.BytesIO:
    """The file, with these automatic styles and these named ones."""
    root = f"<office:document-styles {_NAMES}><office:styles>{named}</office:styles>"
    parts = {"content.xml": content(body, styles)}
    return io.BytesIO(packed({**parts, "styles.xml": f"{root}</office:document-styles>".encode()}))
