"""``crisiswire stories``: events that several reports tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crisiswire.commands.filters import Chosen, LimitOption, filtered
from crisiswire.commands.shared import (
    FormatOption,
    OutputOption,
    QuietOption,
    StoreOption,
    form_of,
    note,
    opened,
    row_writer,
)
from crisiswire.errors import ConfigError

if TYPE_CHECKING:
    from crisiswire.analysing.stories import Story
    from crisiswire.storing import EventQuery, Store

_REASONS = 4  # shown in a table
Row = dict[str, Any]


@filtered
def stories(
    story: Annotated[
        str | None,
        typer.Option("--story", metavar="ID", help="The reports of this story, side by side."),
    ] = None,
    *,
    chosen: Chosen,
    min_reports: Annotated[int, typer.Option(min=1, help="Told by at least so many.")] = 1,
    limit: LimitOption = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Take all stories apart and begin anew.")
    ] = False,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """List events with all reports of each: when, what, who, where, reports, outlets, tolls.

    Events that came since the last time are put into stories first.

    Examples:

    - `crisiswire stories --country KEN --since 2022-05-01 --min-reports 2`
    - `crisiswire stories --story 3f2a9c`
    """
    query = chosen.query(limit=limit if min_reports == 1 else None)
    as_table = form_of(format, output) == "table"
    with opened(store) as keep:
        _place(keep, rebuild, quiet)
        if story is not None:
            rows = _reports(keep, story, as_table)
        else:
            rows = _listed(keep, query, min_reports, as_table)[:limit]
        with row_writer(format, output) as out:
            for row in rows:
                out.write(row)


def _place(store: Store, rebuild: bool, quiet: bool) -> None:
    """Put what is new into stories, where the store may be written."""
    from crisiswire.analysing.stories import update_stories

    if store.readonly:
        if rebuild:
            raise ConfigError(f"--rebuild: {store.place} may not be written")
        waiting = len(store.unplaced_articles())
        if waiting:
            note(f"{waiting} articles are in no story; the store may not be written", quiet=quiet)
        return
    placed = update_stories(store, rebuild=rebuild)
    if placed.events:
        note(f"{placed.events} events put into stories, {placed.opened} opened", quiet=quiet)


def _listed(store: Store, query: EventQuery, least: int, as_table: bool) -> list[Row]:
    from crisiswire.analysing.stories import stories
    from crisiswire.analysing.story_records import story_record

    found = (story_record(one) for one in stories(store, query) if len(one.documents) >= least)
    return [_line(record) if as_table else record for record in found]


def _reports(store: Store, story_id: str, as_table: bool) -> list[Row]:
    """The rows of one story's reports. Raises ConfigError where there is no such story."""
    from crisiswire.analysing.stories import story
    from crisiswire.analysing.story_records import report_record

    found: Story | None = story(store, story_id)
    if found is None:
        raise ConfigError(f"no story {story_id!r} in the store; list them with: crisiswire stories")
    records = [report_record(report) for report in found.reports]
    return [_report_line(record) if as_table else record for record in records]


def _line(record: Row) -> Row:
    """A story as a line of a table for the eye."""
    date, tolls = record["date"], record["tolls"]
    sides = (", ".join(record[side]) for side in ("actors", "recipients"))
    where = ", ".join(filter(None, (record["place"], record["country"])))
    return {
        "story": record["id"][:8],
        "when": _days(date["start"], date["end"]),
        "what": "/".join(filter(None, (record["event_type"], record["mode"]))),
        "who": " → ".join(filter(None, sides)),
        "where": where,
        "reports": str(record["reports"]),
        "outlets": ", ".join(record["outlets"]),
        "tolls": ", ".join(f"{kind} {_span(*span)}" for kind, span in tolls.items()),
        "denied": str(record["denials"] or ""),
    }


def _report_line(record: Row) -> Row:
    """A report as a line of a table for the eye."""
    numbers = (f"{q['kind']} {q['value']:g}" for q in record["quantities"])
    reasons = [f"{r['name']} {r['points']:+g}" for r in record["reasons"][:_REASONS]]
    score = "opened it" if record["score"] is None else f"{record['score']:g}"
    return {
        "told": record["told"],
        "according to": record["teller"] + (" (denies)" if record["denies"] else ""),
        "words": " ".join(record["text"].split()),
        "when": _days(record["date"]["start"], record["date"]["end"]),
        "where": record["place"] or "",
        "numbers": ", ".join(numbers),
        "score": score,
        "because": ", ".join(reasons),
    }


def _days(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
