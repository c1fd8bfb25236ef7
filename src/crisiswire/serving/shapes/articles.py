"""Articles with their events and quotes."""

from __future__ import annotations

from pydantic import Field

from crisiswire.model import QuoteKind
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import ArticleHead, EventShape, PartyShape, SpanShape


class ArticleItem(ArticleHead):
    """An article in a list."""

    events: int


class ArticlePage(Shape):
    """Articles, earliest first unless asked otherwise."""

    items: list[ArticleItem]
    next: str | None
    total: int | None


class QuoteShape(SpanShape):
    """Words between quotation marks, without the marks, and whose they are."""

    sentence: int
    kind: QuoteKind
    speaker: PartyShape | None
    verb: str | None
    unnamed: bool
    continues: bool
    verb_start: int | None = None
    verb_end: int | None = None


class ArticleDetail(ArticleHead):
    """An article with its text and its events in the order of the text."""

    date_known: bool
    text: str
    masked: list[tuple[int, int]] = Field(description="Ranges that are kept but not coded.")
    events: list[EventShape]
