"""One row of a training corpus in JSON, checked."""

from __future__ import annotations

import json
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import cameo_codes, ontology

_STATUSES = ("actual", "negated", "future", "hypothetical", "historical")
_BLANK: dict[str, Any] = {"trigger": None, "mode": None, "status": "actual", "speaker": None,
                          "attribution": "outlet", "cameo": None}  # fmt: skip
_ATTRIBUTIONS = ("outlet", "statement", "quote", "denial", "claim")


def check_row(line: str, where: str) -> dict[str, Any]:
    """The row, with what it may leave out filled in. Raises DataError naming ``where`` and the
    field that is wrong.

    ``{"text", "events": [{"trigger", "type", "actors", "recipients", "mode", "status",
    "attribution", "contexts", "speaker"}]}``; spans are [start, end) in characters of the text;
    an empty list of events says that there is none; a null status or attribution, that it is not
    known.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"{where}: no JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DataError(f"{where}: needs a field text")
    events = row.get("events")
    if not isinstance(events, list) or not all(isinstance(e, dict) for e in events):
        raise DataError(f"{where}: events must be a list of objects")
    filled = [_event(e, row["text"], where) for e in events]
    return {**row, "id": str(row.get("id", where)), "events": filled}


def _event(event: dict[str, Any], text: str, where: str) -> dict[str, Any]:
    event = {**_BLANK, "contexts": [], "actors": [], "recipients": [], **event}
    types, kind, mode = ontology()["types"], event.get("type"), event["mode"]
    if kind not in types:
        raise DataError(f"{where}: unknown type {kind!r}; see docs/codebook.md")
    if mode is not None and mode not in types[kind].get("modes", {}):
        raise DataError(f"{where}: {kind} has no mode {mode!r}")
    for name, allowed in (("status", _STATUSES), ("attribution", _ATTRIBUTIONS)):
        if event[name] is not None and event[name] not in allowed:
            raise DataError(f"{where}: unknown {name} {event[name]!r}")
    if event["cameo"] is not None and kind not in cameo_codes().get(event["cameo"], {}).get(
        "types", ()
    ):
        raise DataError(f"{where}: CAMEO code {event['cameo']!r} does not go with {kind}")
    unknown = set(event["contexts"]) - set(ontology()["contexts"])
    if unknown:
        raise DataError(f"{where}: unknown context {sorted(unknown)[0]!r}")
    spans = [*event["actors"], *event["recipients"]]
    spans += [event["trigger"]] if event["trigger"] is not None else []
    if not event["actors"] and not event["recipients"]:
        raise DataError(f"{where}: an event needs an actor or a recipient")
    for span in spans:
        if not _is_span(span, text):
            raise DataError(f"{where}: span {span!r} does not lie in the text")
    return event


def _is_span(span: object, text: str) -> bool:
    if not isinstance(span, list | tuple) or len(span) != 2:
        return False
    start, end = span
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
