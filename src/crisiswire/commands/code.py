"""``crisiswire code``: articles in, events out, and into the store with ``--save``."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    DateOption,
    FormatOption,
    InputFormatOption,
    JobsOption,
    ModelOption,
    OutletOption,
    OutputOption,
    PathsArgument,
    QuietOption,
    StoreOption,
    config,
    note,
    opened,
    parse_date,
    tell_bad_lines,
    watched,
    writer,
)
from crisiswire.errors import ConfigError, StoreReadOnly

if TYPE_CHECKING:
    from crisiswire.errors import ReadError
    from crisiswire.model import Article, Event
    from crisiswire.pipeline import Coder
    from crisiswire.storing import Store

_NOTES_SHOWN = 5


@dataclass(slots=True)
class Tally:
    """What went by: counts for the closing line, notes for standard error. ``naming``: each
    article that is not coded is named, not only counted."""

    quiet: bool
    naming: bool = True
    articles: int = 0
    events: int = 0
    failed: int = 0
    guessed: int = 0
    doubtful: int = 0
    copies: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    warned: int = 0

    def fail(self, error: ReadError) -> None:
        """Name what could not be read."""
        self.failed += 1
        note(str(error))

    def warn(self, message: str) -> None:
        """Pass on a doubt, the first few times."""
        self.warned += 1
        if self.warned <= _NOTES_SHOWN:
            note(message, quiet=self.quiet)
        elif self.warned == _NOTES_SHOWN + 1:
            note("further warnings of this run are left out", quiet=self.quiet)


def code(
    paths: PathsArgument,
    date: DateOption = None,
    outlet: OutletOption = None,
    title: Annotated[str | None, typer.Option(help="Title of a plain-text article.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of a plain-text article.")] = None,
    input_format: InputFormatOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    save: Annotated[bool, typer.Option("--save", help="Keep articles and events.")] = False,
    store: StoreOption = None,
    jobs: JobsOption = 1,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out events below.")
    ] = None,
    model: ModelOption = None,
    actors: ActorsOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Code articles into events: who did what to whom, when, where, according to whom.

    Examples:

    - `crisiswire code article.txt --date 2019-05-31`
    - `crisiswire code news/ --save --format jsonl > events.jsonl`
    - `zcat news.jsonl.gz | crisiswire code - --input-format jsonl -o events.parquet`
    """
    from crisiswire.pipeline import Coder
    from crisiswire.reading import ArticleDefaults, ReadLimits, read_articles

    chosen = config(settings, model=model, min_confidence=min_confidence, actors=actors)
    _not_over_itself(paths, output)
    tell_bad_lines(chosen)
    tally = Tally(quiet)
    limits = ReadLimits(**chosen.input.model_dump())
    articles = read_articles(
        paths,
        defaults=ArticleDefaults(parse_date(date), outlet, title, url),
        input_format=input_format,
        stdin=sys.stdin.buffer,
        on_error=tally.fail,
        on_warning=tally.warn,
        limits=limits,
    )
    with ExitStack() as stack:
        keep = stack.enter_context(writable(store)) if save else None
        coder = Coder(chosen)
        out = stack.enter_context(writer(format, output))  # last: it empties an older file
        coded = watched(coder.code_many(articles, jobs=jobs), "articles coded", quiet)
        for article, events in stack.enter_context(closing(coded)):
            save_coded(keep, tally, coder, article, events)
            for event in events:
                out.write(event)
    close(tally)


def _not_over_itself(paths: list[str], output: Path | None) -> None:
    """Refuse to write over an input. Raises ConfigError."""
    if output is None or not output.exists():
        return
    for path in paths:
        if path != "-" and Path(path).exists() and output.samefile(path):
            raise ConfigError(f"--output {output} is also an input; write to another file")


def writable(url: str | None) -> Store:
    """The store to save in. Raises StoreReadOnly before any work is done for nothing."""
    store = opened(url, create=True)
    if store.readonly:
        store.close()
        raise StoreReadOnly(
            f"{store.place}: the store may not be written; change its permissions or "
            "choose another with --store"
        )
    return store


def save_coded(
    keep: Store | None, tally: Tally, coder: Coder, article: Article, events: list[Event]
) -> None:
    """Take an article and what was coded of it into the tally, and into the store if there is
    one."""
    from crisiswire.reading.language import UNDECIDED

    tally.articles += 1
    tally.events += len(events)
    tally.guessed += not article.date_known
    refusal = coder.refusal(article)
    if refusal is not None:
        tally.refused[refusal] += 1
        if tally.naming:
            note(f"{article.title or article.id}: {refusal}", quiet=tally.quiet)
    tally.doubtful += refusal is None and article.language == UNDECIDED[0]
    if keep is not None:
        tally.copies += keep.save(article, events, not_coded=refusal) is not None


def close(tally: Tally) -> None:
    """Say what was guessed, copied, refused and could not be read. Raises typer.Exit(1) for the
    last."""
    if tally.guessed:
        note(
            f"{tally.guessed} of {tally.articles} articles carry no date; today's was taken, so "
            "relative dates are guesses: give --date or a date field",
            quiet=tally.quiet,
        )
    if tally.doubtful:
        note(
            f"{tally.doubtful} of {tally.articles} articles are too short or too mixed to tell "
            "their language; they were coded as English: give a language field",
            quiet=tally.quiet,
        )
    for refusal, number in tally.refused.items():
        note(f"{number} of {tally.articles} articles not coded: {refusal}", quiet=tally.quiet)
    if tally.failed:
        note(
            f"{tally.failed} could not be read, {tally.articles} articles were coded, "
            f"{tally.events} events found"
        )
        raise typer.Exit(1)
