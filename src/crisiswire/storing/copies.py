"""Copies of one report in the store: each is linked to the first that was saved.

The keys of an article's beginning find those that may be the same report, and the texts decide.
Only articles that were published at most ``DAYS`` days apart are compared: a week later, the same
words ("on Tuesday") tell of another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Update, delete, func, insert, select, update
from sqlalchemy.orm import Session

from crisiswire.model import Article
from crisiswire.reading.copies import (
    Report,
    begin_alike,
    compare,
    keys_of,
    lead_of,
    report_of,
    tells,
)
from crisiswire.storing.mapping import article_of
from crisiswire.storing.queries import articles_statement
from crisiswire.storing.tables import ArticleKeyRow, ArticleRow, EventRow, MaskedRow

DAYS = 6
_COMPARED = 5  # candidates, those with most keys in common first


@dataclass(frozen=True, slots=True)
class _Match:
    first: str
    report: Report
    share: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an article is looked for by: its words, their keys and the number of its day."""

    report: Report
    keys: tuple[int, ...]
    day: int


def sketch_of(article: Article) -> Sketch:
    """The sketch of an article; made before the store is locked for writing."""
    report = report_of(article.text, article.masked)
    return Sketch(report, tuple(keys_of(report)), article.date.toordinal())


class Copies:
    """The links between the articles of a store."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def link(self, pk: int, sketch: Sketch) -> str | None:
        """Make a new article, whose key this is, a copy of the report that an earlier one told and
        give the first's id; its events of the same sentences are ``copied``."""
        if not sketch.keys:
            return None
        rows = [{"key": key, "day": sketch.day, "article_pk": pk} for key in sketch.keys]
        self._session.execute(insert(ArticleKeyRow), rows)
        found = self._match(sketch.report, self._candidates(pk, sketch.keys, sketch.day))
        if found is None:
            return None
        self._update(update(ArticleRow).where(ArticleRow.pk == pk).values(copy_of=found.first))
        copied = list(self._told_by(pk, found.report))
        self._update(update(EventRow).where(EventRow.pk.in_(copied)).values(copied=True))
        return found.first

    def _forget(self, pk: int) -> None:
        self._session.execute(delete(ArticleKeyRow).where(ArticleKeyRow.article_pk == pk))
        self._update(update(ArticleRow).where(ArticleRow.pk == pk).values(copy_of=None))
        self._update(update(EventRow).where(EventRow.article_pk == pk).values(copied=False))

    def link_all_anew(self, article_id: str) -> None:
        """Look again whose copies those of an article are that is gone or has another text; the
        first of them that came may be the first now."""
        statement = select(ArticleRow.pk).where(ArticleRow.copy_of == article_id)
        copies = list(self._session.scalars(statement.order_by(ArticleRow.pk)))
        for pk in copies:
            self._forget(pk)
        for pk in copies:
            self.link(pk, sketch_of(self._article(pk)))

    def ran(self, articles: Iterable[str]) -> dict[str, list[str | None]]:
        """First article → the outlets of its copies, in the order they came."""
        statement = (
            select(ArticleRow.copy_of, ArticleRow.outlet)
            .where(ArticleRow.copy_of.in_(sorted(articles)))
            .order_by(ArticleRow.pk)
        )
        outlets: dict[str, list[str | None]] = {}
        for first, outlet in self._session.execute(statement):
            outlets.setdefault(str(first), []).append(outlet)
        return outlets

    def _article(self, pk: int) -> Article:
        statement = articles_statement(None, None, None, None, 0).where(ArticleRow.pk == pk)
        return article_of(self._session.scalars(statement).one())

    def _match(self, report: Report, candidates: Sequence[int]) -> _Match | None:
        """The candidate that most of the report stands in, if any tells the same report."""
        best: _Match | None = None
        for name, text, masked in self._texts(candidates):
            if not begin_alike(report, lead_of(text, masked)):
                continue
            told = report_of(text, masked)
            found = compare(report, told)
            if found.copies and (best is None or found.share > best.share):
                best = _Match(name, told, found.share)
        return best

    def _texts(self, keys: Sequence[int]) -> Iterator[tuple[str, str, tuple[tuple[int, int], ...]]]:
        """(id of the first that told the report, text, masked ranges) of the articles, in the
        order of their keys given."""
        columns = (ArticleRow.pk, ArticleRow.id, ArticleRow.copy_of, ArticleRow.text)
        rows = self._session.execute(select(*columns).where(ArticleRow.pk.in_(keys)))
        texts = {pk: (first or name, text) for pk, name, first, text in rows}
        masked: dict[int, list[tuple[int, int]]] = {}
        ranges = select(MaskedRow.article_pk, MaskedRow.start, MaskedRow.end)
        ranges = ranges.where(MaskedRow.article_pk.in_(keys)).order_by(MaskedRow.position)
        for pk, start, end in self._session.execute(ranges):
            masked.setdefault(pk, []).append((start, end))
        for pk in keys:
            yield *texts[pk], tuple(masked.get(pk, ()))

    def _update(self, statement: Update) -> None:
        self._session.execute(statement, execution_options={"synchronize_session": False})

    def _candidates(self, pk: int, keys: Sequence[int], day: int) -> list[int]:
        statement = (
            select(ArticleKeyRow.article_pk)
            .where(
                ArticleKeyRow.key.in_(keys),
                ArticleKeyRow.day.between(day - DAYS, day + DAYS),
                ArticleKeyRow.article_pk < pk,
            )
            .group_by(ArticleKeyRow.article_pk)
            .order_by(func.count().desc(), ArticleKeyRow.article_pk)
            .limit(_COMPARED)
        )
        return list(self._session.scalars(statement))

    def _told_by(self, pk: int, report: Report) -> Iterator[int]:
        statement = select(EventRow.pk, EventRow.evidence_text).where(EventRow.article_pk == pk)
        for event, sentence in self._session.execute(statement):
            if tells(report, sentence):
                yield event
