"""Small Word documents for tests, written by hand: each test shows the XML that it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "settings": "settings",
}
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, more: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """Make a DOCX.

    Args:
        body: what stands in ``w:body``.
        more: other files of the package.
        parts: what stands in ``styles``, ``numbering``, ``footnotes``, ``endnotes`` and ``settings``.
    """
    types = ['<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>']
    types += ['<Default Extension="xml" ContentType="application/xml"/>', _type("document", "document.main")]
    relations: list[str] = []
    files = {"word/document.xml": xml("document", f"<w:body>{body}</w:body>").encode()}
    for name, content in parts.items():
        files[f"word/{name}.xml"] = xml(name, content).encode()
        types.append(_type(name, name))
        relations.append(relation(name, name, f"{name}.xml"))
    files["[Content_Types].xml"] = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{"".join(types)}</Types>'
    ).encode()
    files["_rels/.rels"] = relations_file([relation("main", "officeDocument", "word/document.xml")])
    files["word/_rels/document.xml.rels"] = relations_file(relations)
    return packed({**files, **(more or {})})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Make a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def xml(name: str, content: str) -> str:
    """Make a part with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{content}</w:{name}>'


def relation(name: str, kind: str, target: str) -> str:
    """Make an entry of a file of relationships."""
    return f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'


def relations_file(relations: list[str]) -> bytes:
    """Make a file of relationships."""
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{"".join(relations)}</Relationships>'.encode()


def _type(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{_PARTS}.{kind}+xml"/>'


def p(content: str, properties: str = "") -> str:
    """Make a paragraph; text alone becomes a run."""
    content = content if "<" in content or not content else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Make a run; text alone becomes ``w:t``."""
    text = text if "<" in text else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


def numbered(list_id: int, level: int = 0) -> str:
    """Make the properties of a numbered paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(depth: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """Make a level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f"</w:lvl>"
    )


def definition(name: int, *levels: str) -> str:
    """Make the definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def a_list(list_id: int, definition_id: int, overrides: str = "") -> str:
    """Make a list with a definition."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{definition_id}"/>{overrides}</w:num>'


def starting(depth: int, start: int) -> str:
    """Make the override of a list's start."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
