"""The JSON Schema of the event record, made from the classes of :mod:`crisiswire.model`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError

SCHEMA_FILE = Path(__file__).parent.parent / "event.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LATITUDE = {"minimum": -90, "maximum": 90}
_LONGITUDE = {"minimum": -180, "maximum": 180}

Schema = dict[str, Any]


def event_schema() -> Schema:
    """The shipped schema (draft 2020-12) that ``Event.to_record`` meets. Raises DataError."""
    try:
        return dict(json.loads(SCHEMA_FILE.read_text("utf-8")))
    except (OSError, ValueError) as error:
        message = f"{SCHEMA_FILE}: cannot be read ({error}); install crisiswire anew"
        raise DataError(message) from error


def build_event_schema() -> Schema:
    """The schema as the classes and the ontology have it now; ``scripts/make_schema.py`` ships it.

    Every field is required and no other is allowed. A mode must be one of its event type.
    """
    from pydantic import TypeAdapter

    from crisiswire.model import Event

    made = TypeAdapter(Event).json_schema()
    del made["properties"]["explanation"]
    definitions = made.pop("$defs")
    for name, part in [("Event", made), *definitions.items()]:
        _close(part)
        for field, schema in part["properties"].items():
            _narrow(name, field, schema)
    return {
        "$schema": _DIALECT,
        "title": "crisiswire event record",
        "description": "Who did what to whom, when, where, according to whom, and whether. "
        "Offsets count Unicode characters of the article's text, end exclusive.",
        **{key: made[key] for key in ("type", "properties", "required", "additionalProperties")},
        "allOf": _modes_of_types(),
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _close(part: Schema) -> None:
    """Require every field and allow no other, as ``to_record`` writes them all."""
    part["required"] = list(part["properties"])
    part["additionalProperties"] = False
    part.pop("title", None)
    for schema in part["properties"].values():
        schema.pop("title", None)
        schema.pop("default", None)


def _narrow(owner: str, field: str, schema: Schema) -> None:
    """What the types do not say: ranges, patterns and the codes of the ontology."""
    from crisiswire.knowledge.files import ontology

    spec = ontology()
    match owner, field:
        case (_, "text_start" | "text_end" | "verb_start" | "verb_end"):
            _branch(schema, "integer")["minimum"] = 0
        case ("When", _):
            return
        case (_, "start" | "end" | "sentence"):
            schema["minimum"] = 0
        case (_, "country"):
            _string_of(schema)["pattern"] = "^[A-Z]{3}$"
        case (_, "sectors"):
            schema["items"]["enum"] = spec["sectors"]
            schema["uniqueItems"] = True
        case ("Event", "contexts"):
            schema["items"]["enum"] = spec["contexts"]
            schema["uniqueItems"] = True
        case ("Event", "mode"):
            _string_of(schema)["enum"] = sorted({m for modes in _modes().values() for m in modes})
        case ("Event", "intensity"):
            schema |= {"minimum": -10, "maximum": 10}
        case ("Event", "cameo"):
            schema["pattern"] = "^[0-9]{3,4}$"
        case ("Event", "confidence"):
            schema |= {"minimum": 0, "maximum": 1}
        case ("Event", "event_id" | "document_id" | "coder"):
            schema["minLength"] = 1
        case ("Place", "latitude"):
            _number_of(schema).update(_LATITUDE)
        case ("Place", "longitude"):
            _number_of(schema).update(_LONGITUDE)


def _string_of(schema: Schema) -> Schema:
    """The text branch of a field that may also be null."""
    return _branch(schema, "string")


def _number_of(schema: Schema) -> Schema:
    return _branch(schema, "number")


def _branch(schema: Schema, kind: str) -> Schema:
    found: Schema = next(part for part in schema["anyOf"] if part["type"] == kind)
    return found


def _modes() -> dict[str, list[str]]:
    from crisiswire.knowledge.files import ontology

    return {name: list(kind.get("modes", ())) for name, kind in ontology()["types"].items()}


def _modes_of_types() -> list[Schema]:
    """One condition for each event type: its modes, or none."""
    return [
        {
            "if": {"properties": {"event_type": {"const": name}}},
            "then": {"properties": {"mode": {"enum": [None, *modes]}}},
        }
        for name, modes in _modes().items()
    ]
