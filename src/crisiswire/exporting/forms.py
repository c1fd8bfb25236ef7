"""The forms in which the field exchanges event data, and writing stored events in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO, Literal, Protocol

from crisiswire.errors import ConfigError
from crisiswire.exporting.gdelt import DayWriter, DocumentLength, event_rows, mention_rows
from crisiswire.exporting.icews import IcewsWriter
from crisiswire.exporting.plover import PloverWriter
from crisiswire.exporting.polecat import PolecatWriter
from crisiswire.exporting.sides import split
from crisiswire.exporting.writers import CsvWriter, JsonlWriter, ParquetWriter
from crisiswire.storing.records import StoredEvent

Actors = Literal["list", "dyads"]


class FormWriter(Protocol):
    """Takes stored events one by one; ``close`` finishes the output."""

    def write(self, stored: StoredEvent) -> None: ...

    def close(self) -> None: ...


class _Records:
    """A writer of event records, which leaves out what is known of the article."""

    def __init__(self, writer: CsvWriter | JsonlWriter | ParquetWriter) -> None:
        self._writer = writer

    def write(self, stored: StoredEvent) -> None:
        self._writer.write(stored.event)

    def close(self) -> None:
        self._writer.close()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: ``lists`` when a row can hold several actors, ``says_status`` when it can say that
    an event is negated, future, hypothetical or historical."""

    open: Callable[[BinaryIO, DocumentLength], FormWriter]
    lists: bool = True
    says_status: bool = False


FORMS = {
    "polecat": Form(lambda stream, _: PolecatWriter(stream)),
    "icews": Form(lambda stream, _: IcewsWriter(stream), lists=False),
    "gdelt": Form(lambda stream, _: DayWriter(stream, event_rows), lists=False),
    "gdelt-mentions": Form(
        lambda stream, length: DayWriter(stream, partial(mention_rows, document_length=length)),
        lists=False,
    ),
    "plover": Form(lambda stream, _: PloverWriter(stream)),
    "csv": Form(lambda stream, _: _Records(CsvWriter(stream)), says_status=True),
    "parquet": Form(lambda stream, _: _Records(ParquetWriter(stream)), says_status=True),
    "jsonl": Form(lambda stream, _: _Records(JsonlWriter(stream)), says_status=True),
}


def form_named(name: str, actors: str | None = None) -> tuple[Form, Actors]:
    """The form, and how it holds several parties: as asked for, else as is usual there.

    Raises ConfigError for an unknown form or a way that it does not allow.
    """
    form = FORMS.get(name)
    if form is None:
        raise ConfigError(f"--as: {name!r} is unknown; choose one of {', '.join(FORMS)}")
    match actors:
        case None:
            return form, "list" if form.lists else "dyads"
        case "list" if not form.lists:
            raise ConfigError(
                f"--actors list: {name} has room for one actor and one recipient a row; "
                "leave it out or write --actors dyads"
            )
        case "list":
            return form, "list"
        case "dyads":
            return form, "dyads"
    raise ConfigError(f"--actors: {actors!r} is unknown; choose list or dyads")


def export(
    events: Iterable[StoredEvent],
    name: str,
    stream: BinaryIO,
    *,
    actors: str | None = None,
    document_length: DocumentLength = lambda _: None,
) -> None:
    """Write events, in the order of the store, in a form of ``FORMS``.

    With ``actors`` "dyads" each pair of actor and recipient is a row of its own, with "list" all
    parties of an event share one. ``document_length`` gives a document's characters by its id
    (asked for by gdelt-mentions only). Raises ConfigError for an unknown form or way.
    """
    form, way = form_named(name, actors)
    writer = form.open(stream, document_length)
    for stored in events:
        if form.lists and way == "dyads":
            for event in split(stored.event):
                writer.write(replace(stored, event=event))
        else:
            writer.write(stored)
    writer.close()
