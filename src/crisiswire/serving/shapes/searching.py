"""What a search finds."""

from __future__ import annotations

from pydantic import Field

from crisiswire.serving.shapes.actors import ActorItem
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import ArticleHead, EventShape
from crisiswire.serving.shapes.overviews import PlaceItem


class Found(ArticleHead):
    """An article that holds the words sought."""

    snippet: str
    start: int = Field(description="Where the snippet begins in the text.")
    marks: list[tuple[int, int]] = Field(description="Ranges of the text that match.")


class SearchAnswer(Shape):
    """What meets a search: articles in pages; actors, places and events the first few."""

    articles: list[Found]
    next: str | None
    actors: list[ActorItem]
    places: list[PlaceItem]
    events: list[EventShape]
