"""Reading our PDFs in tests: words, structure, fonts, as a screen reader would find them."""

import io
import re

import pikepdf


def opened(content: bytes) -> pikepdf.Pdf:
    """The document."""
    return pikepdf.open(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """What a screen reader or a search finds on all pages: every glyph mapped back to letters."""
    found = []
    for page in opened(content).pages:
        maps, current = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}, {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                current = maps[str(operands[0])]
            for item in _strings(operands, str(operator)):
                raw = bytes(item)
                found += [current.get(raw[at : at + 2], "") for at in range(0, len(raw), 2)]
            if str(operator) in ("BDC", "BMC"):
                found.append(" ")
    return " ".join("".join(found).split())


def untagged(pdf: pikepdf.Pdf) -> int:
    """How many pieces of text stand outside of all marks."""
    count = 0
    for page in pdf.pages:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            count += str(operator) in ("Tj", "TJ") and depth == 0
    return count


def nodes(node):
    """Every node of the structure, in the order in which it is read."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from nodes(child)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        yield from nodes(node.get("/K", pikepdf.Array([])))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """What each part of the structure is, in order."""
    return [str(node.S) for node in nodes(pdf.Root.StructTreeRoot) if "/S" in node]


def fonts_are_embedded(pdf: pikepdf.Pdf) -> bool:
    """True when every font is in the file and can be read as letters."""
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()) or "/ToUnicode" not in font:
                return False
    return True


def _strings(operands, operator):
    if operator == "Tj":
        return [operands[0]]
    return [item for item in operands[0] if isinstance(item, pikepdf.String)] if operator == "TJ" else []


def _to_unicode(font):
    lines = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", lines, re.IGNORECASE)
    return {bytes.fromhex(glyph): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
