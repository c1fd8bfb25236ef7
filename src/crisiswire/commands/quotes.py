"""``crisiswire quotes``: the quotes of articles, with whose they are."""

from __future__ import annotations

import sys
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import typer

from crisiswire.commands.shared import (
    ConfigOption,
    DateOption,
    FormatOption,
    InputFormatOption,
    OutputOption,
    PathsArgument,
    QuietOption,
    config,
    form_of,
    note,
    parse_date,
    row_writer,
    watched,
)
from crisiswire.errors import ReadError

if TYPE_CHECKING:
    from crisiswire.model import Article, Quote


def quotes(
    paths: PathsArgument,
    date: DateOption = None,
    input_format: InputFormatOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """List the quotes of articles with their speakers, one row a quote.

    Example: `crisiswire quotes article.txt --format table`
    """
    from crisiswire.pipeline import Coder
    from crisiswire.reading import ArticleDefaults, ReadLimits, read_articles

    chosen = config(settings, model="none")  # quotes rest on grammar alone
    failures: list[ReadError] = []

    def fail(error: ReadError) -> None:
        failures.append(error)
        note(str(error))

    articles = read_articles(
        paths,
        defaults=ArticleDefaults(parse_date(date)),
        input_format=input_format,
        stdin=sys.stdin.buffer,
        on_error=fail,
        on_warning=lambda message: note(message, quiet=quiet),
        limits=ReadLimits(**chosen.input.model_dump()),
    )
    shown = _line if form_of(format, output) == "table" else _row
    with row_writer(format, output) as out:
        coder = Coder(chosen)
        read = ((article, coder.quotes_of(article)) for article in articles)
        for article, found in watched(read, "articles read", quiet):
            refusal = coder.refusal(article)
            if refusal is not None:
                note(f"{article.title or article.id}: {refusal}", quiet=quiet)
            for quote in found:
                out.write(shown(article, quote))
    if failures:
        note(f"{len(failures)} could not be read", quiet=quiet)
        raise typer.Exit(1)


def _row(article: Article, quote: Quote) -> dict[str, Any]:
    """The quote as a record; the speaker is written like an event's."""
    row: dict[str, Any] = {"id": article.id}
    row |= {f.name: getattr(quote, f.name) for f in fields(quote)}
    if quote.speaker is not None:
        words = article.text[quote.speaker.start : quote.speaker.end]
        row["speaker"] = {**asdict(quote.speaker), "text": words}
    return row


def _line(article: Article, quote: Quote) -> dict[str, Any]:
    """The quote as a line of a table for the eye."""
    row, speaker = _row(article, quote), quote.speaker
    known = [] if speaker is None else [c for c in (speaker.country, *speaker.sectors) if c]
    whose = "" if speaker is None else row["speaker"]["text"]
    return {
        "id": article.id,
        "kind": quote.kind,
        "speaker": f"{whose} ({' '.join(known)})" if known else whose,
        "verb": quote.verb,
        "text": quote.text,
        "at": f"{quote.start}-{quote.end}",
    }
