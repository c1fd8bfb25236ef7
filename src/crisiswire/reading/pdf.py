"""PDF files: text of all pages with lines and hyphenated words joined again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from statistics import quantiles
from typing import TYPE_CHECKING, BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.decoding import Warn
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.streams import read_whole

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(
    r"(?:page\s)?\s?[-–—]?\s?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?\s?[-–—]?\Z", re.IGNORECASE
)
_SENTENCE_END = (".", "!", "?", ".”", '."', "?”", "!”", ":", ".)")
_FILE_NAME = re.compile(
    r"\.(?:docx?|odt|pdf|indd|qxd|html?|txt)\Z|\AMicrosoft Word|\Auntitled", re.IGNORECASE
)
_RUNNING_HEAD_PAGES = 3
_SHORT_LINE = 0.8


def read_pdf(stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn) -> Iterator[Draft]:
    """The text of a PDF with paragraphs parted by blank lines, and its title.

    A PDF's creation date is not taken: it is the file's, not the report's.
    Raises ReadError for an encrypted or damaged file and for one without text.
    """
    from pypdf import PdfReader

    # Damage is told in our own errors; without a handler pypdf's notes go to standard error.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    data = read_whole(stream, item, limits)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(item, "is encrypted; save a copy without password")
        pages = _page_texts(reader, item, limits)
        title = reader.metadata.title if reader.metadata else None
    except ReadError:
        raise
    except Exception as error:  # pypdf raises errors of all kinds on damaged files
        reason = f"{type(error).__name__}: {error}"
        raise ReadError(item, f"is no readable PDF ({reason}); print or export it anew") from error
    text = join_pages(pages)
    if not text:
        raise ReadError(item, "holds no text, perhaps only images; run text recognition on it")
    if blank := [str(n) for n, page in enumerate(pages, 1) if not page.strip()]:
        warn(f"{item}: no text on page {', '.join(blank[:10])}; if scanned, text is missing")
    named = title.strip() if isinstance(title, str) else ""
    yield Draft(item, text, title=None if not named or _FILE_NAME.search(named) else named)


def _page_texts(reader: PdfReader, item: str, limits: ReadLimits) -> list[str]:
    texts: list[str] = []
    size = 0
    for page in reader.pages:
        texts.append(page.extract_text())
        size += len(texts[-1])
        if size > limits.max_chars:
            raise ReadError(
                item, f"holds more than {limits.max_chars:,} characters; split it into articles"
            )
    return texts


def join_pages(pages: list[str]) -> str:
    """Running text of pages: no page numbers, no running heads, lines joined to paragraphs."""
    kept = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = Counter(line for lines in kept for line in {*lines[:1], *lines[-1:]} if line)
    repeated = {line for line, count in edges.items() if count >= _RUNNING_HEAD_PAGES}
    lines: list[str] = []
    for page in kept:
        lines += _without_edges(page, repeated)
    return "\n\n".join(_paragraphs(lines, _word_set(lines)))


def _without_edges(lines: list[str], repeated: set[str]) -> list[str]:
    """A page's lines without running head, running foot and page number."""
    while lines and (not lines[0] or lines[0] in repeated or _PAGE_NUMBER.match(lines[0])):
        lines = lines[1:]
    while lines and (not lines[-1] or lines[-1] in repeated or _PAGE_NUMBER.match(lines[-1])):
        lines = lines[:-1]
    return lines


def _paragraphs(lines: list[str], words: set[str]) -> Iterator[str]:
    """Joins lines; a paragraph ends at a blank line or a short line that ends a sentence."""
    lengths = [len(line) for line in lines if line]
    full = quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0.0
    paragraph = ""
    for line in lines:
        if not line:
            if paragraph:
                yield paragraph
            paragraph = ""
            continue
        paragraph = _joined(paragraph, line, words)
        if line.endswith(_SENTENCE_END) and len(line) < _SHORT_LINE * full:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _joined(paragraph: str, line: str, words: set[str]) -> str:
    """The paragraph with one more line; a hyphen at the line's end goes unless it is the word's."""
    if not paragraph:
        return line
    before = paragraph[:-1]
    hyphen = paragraph[-1] in "-\u00ad" and before[-1:].isalpha()
    if not hyphen or not line[0].isalpha():
        return f"{paragraph} {line}"
    if paragraph.endswith("\u00ad"):
        return before + line
    first, second = before.split()[-1], line.split()[0].rstrip(".,;:!?)”\"'’")
    hyphenated = f"{first.lstrip('(“')}-{second}".lower()
    if line[0].isupper() or hyphenated in words:
        return paragraph + line
    return before + line


def _word_set(lines: list[str]) -> set[str]:
    """Words with an inner hyphen that stand whole in some line."""
    return {
        word.strip(".,;:!?()“”\"'’").lower()
        for line in lines
        for word in line.split()
        if "-" in word[1:-1]
    }
