"""The parameters of the API's questions, and what all routes share."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from crisiswire.analysing.changes import Window
from crisiswire.analysing.filters import Day, Filters, Word
from crisiswire.analysing.series import By
from crisiswire.storing.paging import PAGE_LIMIT
from crisiswire.storing.tallies import Level, Split

_CURSOR = 10_000  # characters

Cursor = Annotated[
    str | None, Field(max_length=_CURSOR, description="The next of the page before.")
]
Limit = Annotated[int, Field(ge=1, le=PAGE_LIMIT, description="At most so many.")]
Order = Annotated[Literal["asc", "desc"], Field(description="Earliest or latest first.")]
Key = Annotated[str, Path(max_length=1000, description="The id, percent-encoded.")]


class Paged(BaseModel):
    """A page of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Cursor = None
    limit: Limit = 50


class Ordered(Paged):
    """A page of a list in time."""

    order: Order = "asc"


class EventParams(Filters, Ordered):
    """Which events, from where, how many."""


class ActorParams(Filters, Paged):
    """Which actors."""

    q: Word | None = Field(None, description="Part of the actor's name.")


class ActorPageParams(BaseModel):
    """Which time of an actor."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Day | None = None
    until: Day | None = None


class PlaceParams(Filters, Paged):
    """Which places."""

    limit: Limit = PAGE_LIMIT


class SeriesParams(Filters):
    """Which events in which buckets."""

    by: By = Field("week", description="Length of a bucket.")
    split: Split = Field("quad_class", description="What makes a line of its own.")


class NetworkParams(Filters):
    """Which edges."""

    level: Level = Field("country", description="What a node is.")
    ego: Word | None = Field(None, description="A node: its edges and those around it.")
    limit: Limit = 200


class ChangeParams(Filters):
    """Which turns."""

    window: Window = Field("week", description="Length of a window.")
    as_of: Day | None = Field(None, description="Last day of the window; else of the record.")
    level: Level = Field("country", description="Between whom.")
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class ArticleParams(Ordered):
    """Which articles."""

    since: Day | None = Field(None, description="First day of the article's date.")
    until: Day | None = Field(None, description="Last day of the article's date.")
    outlet: Word | None = None


class SearchParams(Paged):
    """What is sought."""

    q: Word = Field(min_length=1, description='Words, "a phrase", sanction*, OR.')
    limit: Limit = 20


class StoryParams(Filters, Ordered):
    """Which stories: those with an event that meets the filters."""

    order: Order = "desc"


class ReviewParams(Paged):
    """Which judgements."""

    event_id: Word | None = None
    document_id: Word | None = None
    by: Word | None = None


class ExportParams(Filters):
    """Which events in which form."""

    form: Word = Field(alias="as", description="polecat, icews, gdelt, csv, parquet, jsonl …")
    actors: Literal["list", "dyads"] | None = Field(None, description="How parties are held.")
