"""``crisiswire review``: judging events, on a screen of questions or by options and files."""

from __future__ import annotations

import getpass
import json
import random
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from crisiswire.commands.filters import Chosen, filtered
from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    FormatOption,
    OutputOption,
    QuietOption,
    StoreOption,
    config,
    console,
    note,
    opened,
    row_writer,
)
from crisiswire.errors import ConfigError, ReviewError

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder
    from crisiswire.reviewing import Desk
    from crisiswire.storing import EventQuery, Judgement, Store

REVIEWER_VARIABLE = "CRISISWIRE_REVIEWER"
_FORMS = ("rows", "gold", "judgements")
_LIMIT = 200


@filtered
def review(
    event: Annotated[
        list[str] | None,
        typer.Option(help="This event; may be given several times. Without a verdict: on screen."),
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="The record is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="There is no such event.")] = False,
    set: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="Change a field; may be given several times."),
    ] = None,
    add: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Add a missed event at these words of --document."),
    ] = None,
    document: Annotated[str | None, typer.Option(help="Article of --add or --complete.")] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="All events of --document are judged or added.")
    ] = False,
    undo: Annotated[
        str | None, typer.Option(metavar="JUDGEMENT", help="Take a judgement back.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", envvar=REVIEWER_VARIABLE, help="Who judges; your login name else."
        ),
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    apply: Annotated[
        str | None, typer.Option(metavar="FILE", help="Judgements as JSON lines; - for input.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List judgements, of --event if given.")
    ] = False,
    adrift: Annotated[
        bool, typer.Option("--adrift", help="List judgements that fit nothing any more.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option("--as", metavar="|".join(_FORMS), help="Write what was judged to --output."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="On screen: also what was judged already.")
    ] = False,
    second: Annotated[
        bool, typer.Option("--second", help="On screen: what others have judged, without sight.")
    ] = False,
    sample: Annotated[
        int | None, typer.Option(min=1, help="On screen: so many, drawn at random.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 1,
    *,
    chosen: Chosen,
    limit: Annotated[int, typer.Option(min=1, help="On screen: at most so many.")] = _LIMIT,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    actors: ActorsOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Judge stored events: on screen, one after another, or by options.

    What was judged is kept for good and every reader sees the record as corrected.

    Examples:

    - `crisiswire review --type SANCTION --since 2019-01-01`
    - `crisiswire review --event 3f2a9c --set event_type=AID --why "food, not arms"`
    - `crisiswire review --apply judged.jsonl`
    """
    from crisiswire.reviewing import Desk

    name = by or getpass.getuser()
    told: dict[str, Any] = {"by": name, "why": why}
    query = chosen.query(reviewed=None if again or event else "no", limit=None if sample else limit)
    verdict = _verdict(confirm, reject, set)
    _check_modes(verdict=verdict, add=add, complete=complete, undo=undo, apply=apply,
                 list=list_, adrift=adrift, form=form, second=second)  # fmt: skip
    rows = _given(verdict, event, set, add, document, complete, undo)
    with opened(store) as keep:
        desk = Desk(keep, _coder(settings, actors))
        if apply is not None:
            _apply(desk, apply, told, quiet)
        elif list_ or adrift or form:
            listed = _rows(keep, event, adrift, form, quiet)
            with row_writer(format, output) as out:
                for row in listed:
                    out.write(row)
        elif rows:
            for row in rows:
                _tell(_judged(desk, told | row), quiet)
        else:
            queue = event or _queue(keep, query, name, second)
            _on_screen(desk, _drawn(queue, sample, seed), name, second, quiet)


def _given(
    verdict: str | None,
    events: list[str] | None,
    values: list[str] | None,
    add: str | None,
    document: str | None,
    complete: bool,
    undo: str | None,
) -> list[dict[str, Any]]:
    """The judgements that the options give, as the desk takes them; none for the screen."""
    if undo is not None:
        return [{"judgement_id": undo, "verdict": "undo"}]
    if complete:
        return [
            {"document_id": _needed(document, "--document", "--complete"), "verdict": "complete"}
        ]
    changes = _set(values)
    if add is not None:
        needed = _needed(document, "--document", "--add")
        return [{"document_id": needed, "verdict": "add", "trigger": add, "changes": changes}]
    if verdict is None:
        return []
    option = "--set" if verdict == "change" else f"--{verdict}"
    chosen = events or [_needed(None, "--event", option)]
    return [{"event_id": event, "verdict": verdict, "changes": changes} for event in chosen]


def _verdict(confirm: bool, reject: bool, values: list[str] | None) -> str | None:
    """The verdict that the options give, None without one."""
    if confirm + reject + bool(values) > 1:
        raise ConfigError("--confirm, --reject and --set: give one of them")
    return "confirm" if confirm else "reject" if reject else "change" if values else None


def _check_modes(**modes: object) -> None:
    if modes["add"]:
        modes["verdict"] = None  # its --set describes what is added
    given = [f"--{name}" for name, value in modes.items() if value]
    if len(given) > 1:
        listed = ", ".join(given).replace("--verdict", "a verdict").replace("--form", "--as")
        raise ConfigError(f"{listed}: give one of them at a time")


def _needed(value: str | None, option: str, beside: str) -> str:
    if value is None:
        raise ConfigError(f"{beside}: say which with {option}")
    return value


def _set(values: list[str] | None) -> dict[str, Any]:
    """The fields of ``--set``. An empty value is none."""
    out: dict[str, Any] = {}
    for value in values or ():
        name, equals, text = value.partition("=")
        if not equals:
            raise ConfigError(f"--set {value!r}: write FIELD=VALUE, such as event_type=AID")
        out[name.strip()] = text.strip() or None
    return out


def _coder(settings: Path | None, actors: list[Path] | None) -> Callable[[], Coder]:
    def make() -> Coder:
        from crisiswire.pipeline import Coder

        return Coder(config(settings, actors=actors))

    return make


def _judged(desk: Desk, row: dict[str, Any]) -> Judgement:
    """Keep one judgement given by options. Raises ConfigError for a wrong value."""
    try:
        return desk.judge(row)
    except ReviewError as error:
        raise ConfigError(str(error)) from error


def _tell(judgement: Judgement, quiet: bool) -> None:
    about = judgement.event_id or judgement.document_id
    note(f"{judgement.verdict} {about}: kept as judgement {judgement.id}", quiet=quiet)


def _apply(desk: Desk, file: str, told: dict[str, Any], quiet: bool) -> None:
    """Keep every judgement of a file; a bad row is named and the rest kept."""
    from crisiswire.reviewing.files import judge_file

    with _opened(file) as stream:
        kept, faults = judge_file(desk, stream, told)
    for fault in faults:
        note(f"{'standard input' if file == '-' else file}, {fault}")
    note(f"{kept} judgements kept, {len(faults)} lines could not be", quiet=quiet)
    if faults:
        raise typer.Exit(1)


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def _rows(
    store: Store, events: list[str] | None, adrift: bool, form: str | None, quiet: bool
) -> Iterable[dict[str, Any]]:
    from crisiswire.reviewing import handing_on

    if form is None:
        if adrift:
            found = store.reviews.adrift()
        elif events:
            found = [j for event_id in events for j in _about(store, event_id)]
        else:
            found = list(store.reviews.judgements())
        return (_listed(judgement) for judgement in found)
    match form:
        case "rows":
            return handing_on.training_rows(
                store, lambda why: note(f"{why}; left out", quiet=quiet)
            )
        case "gold":
            return handing_on.gold(store)
        case "judgements":
            return handing_on.log(store)
    raise ConfigError(f"--as: {form!r} is unknown; choose one of {', '.join(_FORMS)}")


def _left_out(why: str, *, quiet: bool) -> None:
    note(f"{why}; left out", quiet=quiet)


def _about(store: Store, event_id: str) -> list[Judgement]:
    try:
        return store.reviews.judgements_of(event_id)
    except ReviewError as error:
        raise ConfigError(str(error)) from error


def _listed(judgement: Judgement) -> dict[str, Any]:
    """A judgement as one short row."""
    record = judgement.record or {}
    changes = [
        f"{name}={json.dumps(v, ensure_ascii=False)}" for name, v in judgement.changes.items()
    ]
    return {
        "id": judgement.id,
        "at": judgement.at.isoformat(timespec="seconds"),
        "by": judgement.by,
        "verdict": judgement.verdict + (" (blind)" if judgement.blind else ""),
        "document_id": judgement.document_id,
        "event_id": judgement.event_id,
        "event_type": record.get("event_type"),
        "trigger": record["evidence"]["trigger"]["text"] if record else None,
        "changes": "; ".join(changes),
        "why": judgement.why,
        "undoes": judgement.undoes,
    }


def _queue(store: Store, query: EventQuery, by: str, second: bool) -> list[str]:
    """Ids of the events to be judged, in the order of the store."""
    if not second:
        return [stored.event.event_id for stored in store.events(query)]
    from crisiswire.storing import EventQuery
    from crisiswire.storing.judgements import positions

    if replace(query, limit=None, reviewed=None) != EventQuery():
        raise ConfigError("--second: goes through what others have judged; leave the filters out")
    said = positions(store.reviews.judgements())
    return [
        subject.event_id
        for subject in store.reviews.subjects()
        if subject.coded is not None and by not in said.get(subject.name or "", {})
    ]


def _drawn(events: list[str], sample: int | None, seed: int) -> list[str]:
    """So many of the events at random, in their order."""
    if sample is None or sample >= len(events):
        return events
    chosen = random.Random(seed).sample(range(len(events)), sample)
    return [events[n] for n in sorted(chosen)]


def _on_screen(desk: Desk, events: list[str], by: str, blind: bool, quiet: bool) -> None:
    from crisiswire.commands.review_screen import Session

    if not events:
        note("nothing to judge: no event meets the filters that is not judged yet", quiet=quiet)
        return
    kept = Session(desk, console(), by, blind=blind).run(events)
    note(f"{kept} judgements kept", quiet=quiet)
