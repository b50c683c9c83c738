"""The styles of a DOCX that was written by us, by the identifiers its paragraphs use."""

from docx.oxml.ns import qn

from consultations.text.formats.numbering import Xml


class StyleNames:
    """Names of paragraph styles: Word keeps them when it gives styles new identifiers."""

    def __init__(self, styles: Xml) -> None:
        self._names: dict[str, str] = {}
        for style in styles.findall(qn("w:style")):
            name = style.find(qn("w:name"))
            if name is not None:
                self._names[str(style.get(qn("w:styleId")))] = str(name.get(qn("w:val")) or "")

    def of(self, paragraph: Xml) -> str:
        """The name of the paragraph's own style; "" for the default one."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if style is None else self._names.get(str(style.get(qn("w:val"))), "")
