"""What is sent when something is to be done, and what a coded text gives."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from crisiswire.serving.shapes.articles import QuoteShape
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import ArticleHead, EventDetail, Verdict


class CodedShape(Shape):
    """A text as it was coded; nothing is stored."""

    article: ArticleHead
    text: str
    masked: list[tuple[int, int]]
    refusal: str | None = Field(description="Why it was not coded (its language), or null.")
    events: list[EventDetail]
    quotes: list[QuoteShape]


class CodeRequest(BaseModel):
    """A text to code."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    date: dt.date | None = Field(default=None, description="Without it today's is taken.")
    title: str | None = Field(default=None, max_length=1000)
    outlet: str | None = Field(default=None, max_length=200)
    url: str | None = Field(default=None, max_length=2000)


class ReviewRequest(BaseModel):
    """A judgement, as docs/corrections.md tells its fields."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    by: str = Field(min_length=1, max_length=200, description="Who judges.")
    why: str | None = Field(default=None, max_length=2000)
    event_id: str | None = Field(
        default=None, max_length=200, description="The event to confirm, reject or change."
    )
    changes: dict[str, Any] | None = Field(
        default=None, description="For change and add: fields with their right values."
    )
    document_id: str | None = Field(
        default=None, max_length=1000, description="The article, for add and complete."
    )
    trigger: str | None = Field(
        default=None, max_length=1000, description="For add: the word that tells the event."
    )
    judgement_id: str | None = Field(
        default=None, max_length=200, description="For undo: the judgement to take back."
    )
    seen: str | None = Field(
        default=None,
        max_length=200,
        description="Id of the judgement that held when the person looked, '' for none: 409 where "
        "another holds by now.",
    )
    blind: bool | None = None
