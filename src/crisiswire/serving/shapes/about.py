"""What is served."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from crisiswire.model import EventType, QuadClass
from crisiswire.serving.shapes.base import Shape


class About(Shape):
    """What is served. Codes of the ontology stand here once, with their names."""

    version: str
    store: str = Field(description="The store in words.")
    demo: bool
    articles: int
    events: int
    first: dt.date | None
    last: dt.date | None
    record_end: dt.date | None = Field(description="Day of the latest article.")
    can_code: bool
    can_review: bool
    has_stories: bool
    max_code_chars: int
    countries: dict[str, str] = Field(description="Code to English name.")
    types: dict[EventType, QuadClass]
    modes: dict[EventType, list[str]]
    sectors: list[str]
    contexts: list[str]
    export_forms: list[str]


class Health(Shape):
    """That the service answers and its store can be read."""

    status: Literal["ok"]
