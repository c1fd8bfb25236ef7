"""Text, RTF, Word and HTML files that may be an article or an export of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.databases import database_articles
from crisiswire.reading.decoding import Warn, decode
from crisiswire.reading.documents import read_html, read_text
from crisiswire.reading.docx import docx_text
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.rtf import is_rtf, rtf_text
from crisiswire.reading.streams import read_whole

_DATABASE_PAGE = re.compile(
    rb"End of Document|Document [A-Za-z0-9]{12,40}\s{0,9}<|\d of \d{1,6} DOCUMENTS?\b"
)
_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p section table "
    "title tr ul".split()
)
_UNSEEN = frozenset({"script", "style", "head"})


def read_txt(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """A plain text: one article, or the articles of a database's export."""
    for draft in read_text(stream, item, limits, warn):
        articles = database_articles(draft.text, item)
        if articles is None:
            yield draft
        else:
            yield from articles


def read_rtf(
    stream: BinaryIO,
    item: str,
    limits: ReadLimits,
    warn: Warn,  # noqa: ARG001
) -> Iterator[Draft | ReadError]:
    """An RTF file: one article, or the articles of a database's export."""
    data = read_whole(stream, item, limits)
    if not is_rtf(data):
        raise ReadError(item, "is not RTF; give it the suffix of what it is")
    yield from _one_or_many(rtf_text(data), item)


def read_docx(
    stream: BinaryIO,
    item: str,
    limits: ReadLimits,
    warn: Warn,  # noqa: ARG001
) -> Iterator[Draft | ReadError]:
    """A Word document: one article, or the articles of a database's export."""
    data = read_whole(stream, item, limits)
    yield from _one_or_many(docx_text(data, item, limits.max_bytes), item)


def read_page(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """An HTML file: one article, or the articles of a database's export."""
    data = read_whole(stream, item, limits)
    if _DATABASE_PAGE.search(data):
        articles = database_articles(_visible_lines(decode(data, item, warn)), item)
        if articles is not None:
            yield from articles
            return
    yield from read_html(BytesIO(data), item, limits, warn)


def _one_or_many(text: str, item: str) -> Iterator[Draft | ReadError]:
    """The articles of a document with one line a paragraph."""
    articles = database_articles(text, item)
    if articles is None:
        yield Draft(item, re.sub(r"\n+", "\n\n", text.strip()))
    else:
        yield from articles


def _visible_lines(page: str) -> str:
    """The words of a page, with a line for each block and for each row of a table."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    parts: list[str] = []
    _gather(tree, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\0"))
    return "\n".join(lines)


def _gather(tree: object, parts: list[str]) -> None:
    """Words in order; a NUL stands for the end of a line."""
    from lxml import etree

    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag
        if event == "start":
            hidden += tag in _UNSEEN
            if tag in _BLOCKS or tag == "br":
                parts.append("\0")
            elif tag in ("td", "th"):
                parts.append(" ")
            if not hidden:
                parts.append(node.text or "")
            continue
        hidden -= tag in _UNSEEN
        if tag in _BLOCKS:
            parts.append("\0")
        if not hidden:
            parts.append(node.tail or "")
