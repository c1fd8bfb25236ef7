"""Word documents (.docx) to plain text: the words of each paragraph."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from crisiswire.errors import ReadError

_BODY = "word/document.xml"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def docx_text(data: bytes, item: str, max_bytes: int) -> str:
    """The text, one line a paragraph. Raises ReadError when damaged, locked or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_BODY) as part:
            xml = part.read(max_bytes + 1)
        if len(xml) > max_bytes:
            raise ReadError(item, f"unpacks to more than {max_bytes:,} bytes; split it")
        if b"<!DOCTYPE" in xml.replace(b"\0", b""):
            raise ReadError(item, "defines XML entities, which Word never does; refused")
        return "\n".join(_paragraphs(xml))
    except _TROUBLE as error:
        raise ReadError(
            item, f"is no Word document that can be read ({error}); save it as plain text"
        ) from error


def _paragraphs(xml: bytes) -> Iterator[str]:
    words: list[str] = []
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        tag = element.tag.rpartition("}")[2]
        if tag == "t":
            words.append(element.text or "")
        elif tag in _SIGNS:
            words.append(_SIGNS[tag])
        elif tag == "p":
            yield "".join(words)
            words = []
            element.clear()
