"""``crisiswire ingest``: whole collections into the store; taken up again where it stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.code import Tally, close, save_coded, writable
from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    DateOption,
    InputFormatOption,
    JobsOption,
    ModelOption,
    OutletOption,
    PathsArgument,
    QuietOption,
    StoreOption,
    config,
    parse_date,
    tell_bad_lines,
    watched,
)

if TYPE_CHECKING:
    from crisiswire.model import Article
    from crisiswire.storing import Store


def ingest(
    paths: PathsArgument,
    date: DateOption = None,
    outlet: OutletOption = None,
    input_format: InputFormatOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Code articles anew that the store has already.")
    ] = False,
    store: StoreOption = None,
    jobs: JobsOption = 1,
    actors: ActorsOption = None,
    model: ModelOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Code collections of articles into the store, leaving out those it has already.

    Examples:

    - `crisiswire ingest archive.warc.gz news/`
    - `crisiswire ingest export.rtf --store crisis.db`
    """
    from crisiswire.pipeline import Coder
    from crisiswire.reading import ArticleDefaults, ReadLimits, read_articles

    chosen = config(settings, model=model, actors=actors)
    tell_bad_lines(chosen)
    tally = Tally(quiet, naming=False)
    with ExitStack() as stack:
        keep = stack.enter_context(writable(store))
        fresh = _Fresh(keep, again=again)
        articles = read_articles(
            paths,
            defaults=ArticleDefaults(parse_date(date), outlet),
            input_format=input_format,
            stdin=sys.stdin.buffer,
            on_error=tally.fail,
            on_warning=tally.warn,
            limits=ReadLimits(**chosen.input.model_dump()),
        )
        coder = Coder(chosen)
        coded = watched(coder.code_many(fresh.of(articles), jobs=jobs), "articles coded", quiet)
        for article, events in stack.enter_context(closing(coded)):
            save_coded(keep, tally, coder, article, events)
        sys.stdout.write(saved(tally, keep, known=fresh.known))
    close(tally)


def saved(tally: Tally, keep: Store, *, known: int = 0) -> str:
    """One line on what has come into the store."""
    refused = tally.refused.total()
    more = (
        (known, "were there already"),
        (tally.copies, "of the new ones are copies"),
        (refused, "are in languages that are not coded"),
    )
    told = "".join(f"; {number} {what}" for number, what in more if number)
    new = f"{tally.articles} new articles, {tally.events} events"
    return f"{new} saved in {keep.place}{told}\n"


class _Fresh:
    """Leaves out the articles that a store has already, by id, and counts them."""

    def __init__(self, keep: Store, *, again: bool) -> None:
        self.known = 0
        self._keep = keep
        self._again = again

    def of(self, articles: Iterator[Article]) -> Iterator[Article]:
        """The articles that are to be coded."""
        for article in articles:
            if self._again or not self._keep.has_article(article.id):
                yield article
            else:
                self.known += 1
