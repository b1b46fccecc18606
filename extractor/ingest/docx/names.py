"""Names of the elements and attributes of WordprocessingML, as lxml spells them."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V: Final = "{urn:schemas-microsoft-com:vml}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

VAL: Final = W + "val"
BODY: Final = W + "body"
P: Final = W + "p"
PPR: Final = W + "pPr"
RUN: Final = W + "r"
RPR: Final = W + "rPr"
TEXT: Final = W + "t"
TBL: Final = W + "tbl"
TR: Final = W + "tr"
TC: Final = W + "tc"
TBOX: Final = W + "txbxContent"
ALTERNATE: Final = MC + "AlternateContent"
CHOICE: Final = MC + "Choice"
FALLBACK: Final = MC + "Fallback"
A_P: Final = A + "p"
A_T: Final = A + "t"
A_BR: Final = A + "br"


def names(prefix: str, words: str) -> frozenset[str]:
    """The full names of the space-separated local names."""
    return frozenset(prefix + word for word in words.split())


# What holds no text of the document, wherever it stands.
SILENT: Final = names(
    W,
    "pPr rPr sdtPr sdtEndPr tblPr tblGrid tblPrEx trPr tcPr sectPr proofErr bookmarkStart"
    " bookmarkEnd permStart permEnd commentRangeStart commentRangeEnd commentReference"
    " footnoteReference endnoteReference footnoteRef endnoteRef annotationRef separator"
    " continuationSeparator lastRenderedPageBreak softHyphen instrText delText delInstrText"
    " customXmlPr smartTagPr moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd"
    " subDoc rt rubyPr customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart"
    " customXmlDelRangeEnd ffData fldData pgNum dayShort monthShort yearShort dayLong monthLong"
    " yearLong contentPart altChunk",
)
DELETED: Final = names(W, "del moveFrom")
# Marks inside a run and the character that the page shows for them.
MARKS: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
