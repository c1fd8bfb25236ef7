"""What PLOVER and CAMEO say of an event type and mode: quad class, intensity, code."""

from __future__ import annotations

from typing import cast

from crisiswire.knowledge.files import ontology
from crisiswire.model import QuadClass


def quad_class(kind: str) -> QuadClass:
    """The quad class of an event type."""
    return cast(QuadClass, ontology()["types"][kind]["quad"])


def intensity(kind: str, mode: str | None) -> float:
    """From -10, conflict, to +10, cooperation: the mode's, else the type's own."""
    spec = ontology()["types"][kind]
    return float(spec.get("modes", {}).get(mode, spec["intensity"]))


def cameo(kind: str, mode: str | None) -> str:
    """The CAMEO code for a type and mode of which no more is known."""
    spec = ontology()
    told: str | None = spec["cameo_of_mode"].get(kind, {}).get(mode)
    return told or f"{spec['types'][kind]['cameo']}0"
