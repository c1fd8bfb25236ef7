"""``crisiswire watch``: feeds polled, their pages coded into the store."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.code import Tally, save_coded, writable
from crisiswire.commands.ingest import saved
from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    JobsOption,
    ModelOption,
    QuietOption,
    StoreOption,
    config,
    note,
    tell_bad_lines,
    watched,
)

if TYPE_CHECKING:
    from crisiswire.fetching import Watcher, WatchState
    from crisiswire.pipeline import Coder
    from crisiswire.storing import Store

_SHORTEST = 1.0  # seconds between two rounds


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FILE", help="Feeds, in TOML.")],
    once: Annotated[
        bool, typer.Option("--once", help="Poll each feed once, code what is new, and end.")
    ] = False,
    state: Annotated[
        Path | None,
        typer.Option(help="What has been done; kept beside the store without this option."),
    ] = None,
    store: StoreOption = None,
    jobs: JobsOption = 1,
    actors: ActorsOption = None,
    model: ModelOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Poll feeds (RSS, Atom, JSON Feed, sitemaps, pages of links) and code what is new.

    Examples:

    - `crisiswire watch feeds.toml`
    - `crisiswire watch feeds.toml --once --store crisis.db`
    """
    from crisiswire.fetching import Watcher, WatchState, load_feeds
    from crisiswire.fetching.watching import Hooks
    from crisiswire.pipeline import Coder
    from crisiswire.reading import ReadLimits

    chosen = config(settings, model=model, actors=actors)
    tell_bad_lines(chosen)
    watch_settings, listed = load_feeds(feeds)
    problems = _Problems(quiet)
    with ExitStack() as stack:
        keep = stack.enter_context(writable(store))
        memory = stack.enter_context(WatchState(state or _beside(keep, feeds)))
        _check_same_store(keep, memory)
        hooks = Hooks(problems.tell, problems.warn, keep.has_article)
        limits = ReadLimits(**chosen.input.model_dump())
        watcher = stack.enter_context(
            closing(Watcher(watch_settings, listed, memory, limits, hooks))
        )
        coder = Coder(chosen)
        while True:
            _round(watcher, coder, keep, jobs=jobs, once=once, quiet=quiet)
            if once:
                break
            time.sleep(max(_SHORTEST, watcher.seconds_to_next()))
    if problems.told:
        raise typer.Exit(1)


def _round(
    watcher: Watcher, coder: Coder, keep: Store, *, jobs: int, once: bool, quiet: bool
) -> None:
    """Code and save what one round brings; say how much on standard output."""
    tally = Tally(quiet, naming=False)
    arriving = watcher.round(all_feeds=once)
    coded = watched(coder.code_many(arriving, jobs=jobs), "articles coded", quiet)
    with closing(coded):
        for article, found in coded:
            save_coded(keep, tally, coder, article, found)
            watcher.done(article)
    if tally.articles or once:
        sys.stdout.write(saved(tally, keep))
        sys.stdout.flush()


class _Problems:
    """Tells problems as they come."""

    def __init__(self, quiet: bool) -> None:
        self.told = 0
        self._quiet = quiet

    def tell(self, problem: str) -> None:
        """A feed or page that could not be read."""
        self.told += 1
        note(problem)

    def warn(self, message: str) -> None:
        """Something that had to be guessed."""
        note(message, quiet=self._quiet)


def _beside(keep: Store, feeds: Path) -> Path:
    """Where the state is kept: beside a store that is a file, else beside the file of feeds."""
    place = Path(keep.place) if keep.engine.dialect.name == "sqlite" else feeds
    return place.with_suffix(".watch")


def _check_same_store(keep: Store, memory: WatchState) -> None:
    done = memory.counts().get("done", 0)
    if done and not keep.counts().articles:
        note(
            f"{memory.path} says that {done} pages are done, but {keep.place} is empty; "
            "delete that file to fetch them anew"
        )
