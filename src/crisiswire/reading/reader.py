"""The reading stage: sources in, articles out, one bad item never stops the rest."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from crisiswire.errors import ConfigError, ReadError
from crisiswire.model import Article
from crisiswire.reading.cleaning import masked_ranges, merged
from crisiswire.reading.datelines import dateline
from crisiswire.reading.dates import written_date
from crisiswire.reading.documents import read_markdown
from crisiswire.reading.exports import read_docx, read_page, read_rtf, read_txt
from crisiswire.reading.language import language_of
from crisiswire.reading.mail import read_eml, read_mbox
from crisiswire.reading.options import ArticleDefaults, Draft, ReadLimits
from crisiswire.reading.pdf import read_pdf
from crisiswire.reading.streams import Source, find_sources, opened
from crisiswire.reading.tables import read_csv, read_jsonl, read_parquet
from crisiswire.reading.warc import read_warc

_READERS: dict[
    str,
    Callable[[BinaryIO, str, ReadLimits, Callable[[str], None]], Iterator[Draft | ReadError]],
] = {
    "txt": read_txt,
    "md": read_markdown,
    "html": read_page,
    "rtf": read_rtf,
    "docx": read_docx,
    "pdf": read_pdf,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "warc": read_warc,
    "eml": read_eml,
    "mbox": read_mbox,
}

_LIMITS = ReadLimits()
_MAX_BAD_START = 1_000


def read_articles(
    sources: Iterable[str | Path],
    *,
    defaults: ArticleDefaults,
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    on_error: Callable[[ReadError], None],
    on_warning: Callable[[str], None],
    limits: ReadLimits = _LIMITS,
) -> Iterator[Article]:
    """Articles of files, folders and ``-`` (standard input), read one by one when asked for.

    ``input_format`` (txt, md, html, rtf, docx, pdf, jsonl, csv, parquet, warc,
    eml, mbox) names what standard input, or a file of unknown suffix, holds;
    standard input is txt without it. ``defaults`` fill in what an article lacks.
    What cannot be read goes to ``on_error`` and reading continues with the next item. Doubts
    (guessed encoding, no date, an id seen before) go to ``on_warning``.

    Raises ConfigError at once when ``input_format`` is unknown.
    """
    if input_format is not None and input_format not in _READERS:
        raise ConfigError(
            f"input format '{input_format}' is unknown; choose one of {', '.join(_READERS)}"
        )
    found = find_sources(sources, input_format)
    desk = Desk(defaults, limits, on_warning)
    return _articles(found, desk, stdin, on_error)


def _articles(
    found: Iterable[Source | ReadError],
    desk: Desk,
    stdin: BinaryIO | None,
    on_error: Callable[[ReadError], None],
) -> Iterator[Article]:
    for source in found:
        if isinstance(source, ReadError):
            on_error(source)
            continue
        for draft in _drafts(source, desk, stdin):
            try:
                article = draft if isinstance(draft, ReadError) else desk.finish(draft)
            except ReadError as error:
                article = error
            if isinstance(article, ReadError):
                on_error(article)
            else:
                yield article


def _drafts(source: Source, desk: Desk, stdin: BinaryIO | None) -> Iterator[Draft | ReadError]:
    """What one source holds; trouble with the file itself comes last, as an error."""
    found = 0
    trouble: ReadError | None = None
    try:
        with opened(source, stdin, desk.limits) as stream:
            read = _READERS[source.format]
            drafts = read(stream, source.name, desk.limits, desk.warn)
            for draft in _while_hopeful(drafts, source):
                found += 1
                yield draft
    except ReadError as error:
        trouble = error
    except (EOFError, zlib.error) as error:
        trouble = ReadError(source.name, f"is damaged gzip data ({error}); compress it anew")
    except OSError as error:
        reason = error.strerror or str(error)
        trouble = ReadError(source.name, f"cannot be read ({reason}); check path and content")
    if trouble is None and not found:
        trouble = ReadError(source.name, "holds no article; leave it out or fill it")
    if trouble is not None:
        yield trouble


def _while_hopeful(
    drafts: Iterable[Draft | ReadError], source: Source
) -> Iterator[Draft | ReadError]:
    """The drafts; raises ReadError when a long run of bad rows shows that they are no rows."""
    drafted = False
    for number, draft in enumerate(drafts, 1):
        yield draft
        drafted = drafted or isinstance(draft, Draft)
        if number >= _MAX_BAD_START and not drafted:
            raise ReadError(
                source.name,
                f"begins with {number:,} bad rows, so it is read no further; "
                f"check that it is {source.format}",
            )


class Desk:
    """Turns drafts into articles and remembers the ids it has given out."""

    def __init__(
        self, defaults: ArticleDefaults, limits: ReadLimits, warn: Callable[[str], None]
    ) -> None:
        self.limits = limits
        self.warn = warn
        self._defaults = defaults
        self._seen: set[str] = set()

    def finish(self, draft: Draft) -> Article:
        """The article. Raises ReadError when its text is empty or too long."""
        text = draft.text
        if not text.strip():
            raise ReadError(draft.item, "has an empty text; leave it out or fill it")
        if len(text) > self.limits.max_chars:
            raise ReadError(
                draft.item,
                f"has a text of {len(text):,} characters, more than {self.limits.max_chars:,}; "
                "split it into articles",
            )
        outlet = draft.outlet or self._defaults.outlet
        date = draft.date or self._defaults.date
        known = date is not None
        if date is None:
            date, known = self._guessed(draft, outlet)
        article = Article(
            text=text,
            date=date,
            id=draft.id,
            title=draft.title or self._defaults.title,
            outlet=outlet,
            url=draft.url or self._defaults.url,
            language=self._language(draft),
            masked=merged([*masked_ranges(text, outlet), *draft.masked]),
            date_known=known,
        )
        if article.id in self._seen:
            self.warn(f"{draft.item}: id '{article.id}' was given before; give each its own id")
        self._seen.add(article.id)
        return article

    def _language(self, draft: Draft) -> str:
        """The language that the source tells, unless the text says otherwise."""
        language = language_of(draft.text, draft.language)
        if draft.language not in (None, language):
            self.warn(
                f"{draft.item}: said to be in language {draft.language!r}, but its text is in "
                f"{language!r}; taken so"
            )
        return language

    def _guessed(self, draft: Draft, outlet: str | None) -> tuple[dt.date, bool]:
        """The date of an article that comes without one, and whether it is known: its dateline's
        where that tells the day; else today's."""
        today = dt.date.today()
        head = dateline(draft.text, outlet)
        told = None if head is None or head.date is None else written_date(head.date.text, today)
        if told is None:
            self.warn(
                f"{draft.item}: no date; today's is taken and relative dates are guesses "
                "(give the date it was published)"
            )
            return today, False
        if not told[1]:
            self.warn(
                f"{draft.item}: no date; {told[0].isoformat()} is taken, the last day that its "
                "dateline fits (give the date it was published)"
            )
        return told
