"""When it happened: of all times that the sentence tells, the one told with the event's own words;
else that of the clause around it; else the article's date.

A time that belongs to a person's office, to a relative clause or to another deed is none. Words
that count from what was told before ("two days later", "a week after the vote") are counted from
the last day told, or from the deed that they name. A wrong day is worse than the article's: where
words fit badly or contradict the tense, they are left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crisiswire.coding.records import Candidate
from crisiswire.coding.status import TimeTold
from crisiswire.coding.time_ranks import AROUND, FAR, OWN, TimeRanking
from crisiswire.coding.time_roles import TimeReader, TimeRole
from crisiswire.coding.told_times import ToldTimes
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Article, Precision, Span, Status, When
from crisiswire.parsing.tree import Sentence
from crisiswire.resolving.dates import Tense, find_dates

_YEAR = dt.timedelta(days=365)
_OPENING = 400  # characters in which a dateline stands
_NEWS = dt.timedelta(days=7)  # a dateline's day lies at most so long before the article's
_AFTERMATH = dt.timedelta(days=31)  # "after Friday's attack" still tells when
_FINENESS: dict[Precision, int] = {
    "day": 0, "week": 1, "month": 2, "quarter": 3, "year": 4, "decade": 5, "article": 6
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """When an event happened, the words that say so (none where it is the article's date), why
    they were taken, and whether they lie over a year before the article."""

    when: When
    words: Span | None
    reason: str
    told: TimeTold


class Times:
    """Times of the events of one article, asked sentence by sentence in text order. ``country``
    is where it plays (alpha-3), for seasons and national days."""

    def __init__(self, article: Article, operators: Operators, country: str | None = None) -> None:
        self.article, self.operators, self.country = article, operators, country
        self.day = reference_day(article)
        self._before = ToldTimes()
        self._sentence: Sentence | None = None
        self._reader: TimeReader | None = None
        self._roles: Sequence[TimeRole] = ()

    def read(self, sentence: Sentence) -> None:
        """Reads the times of the next sentence; those of the sentences before stay in mind."""
        if self._sentence is sentence:
            return
        text = self.article.text[sentence.start : sentence.end]
        self._sentence = sentence
        self._reader = TimeReader(sentence, text, self.day, self.country, self.operators)
        self._roles = self._before.settled(sentence, self._reader)

    def of(self, c: Candidate, sentence: Sentence) -> Dated:
        """When the candidate happened, by the words of its own sentence."""
        self.read(sentence)
        assert self._reader is not None
        ranking = TimeRanking(sentence, c, self.operators, self.day)
        ranked = sorted(
            ((ranking.rank(role), *_order(role, ranking), role) for role in self._roles),
            key=lambda row: row[:-1],
        )
        for rank, *_, role in ranked:
            if rank >= FAR:
                break
            found = self._fitting(role, rank, c.status, ranking)
            if found is not None:
                return self._dated(found, rank, sentence)
        return self._again(c, sentence)

    def _fitting(
        self, role: TimeRole, rank: int, status: Status, ranking: TimeRanking
    ) -> TimeRole | None:
        """The role as the event's status and tense would have it, or None where they clash."""
        assert self._reader is not None
        wanted: Tense | None = "future" if status == "future" else role.tense
        if rank <= OWN and wanted != role.tense and not role.mention.anchored:
            role = self._reader.read(role, wanted)
        mention = role.mention
        if mention.direction == "before" and mention.first <= self.day:
            return None
        if mention.last < self.day and (status == "future" or (ranking.ahead and rank > OWN)):
            return None
        coming = mention.first > self.day
        if coming and (status == "historical" or ranking.past):
            return None
        coming = coming or (mention.first == self.day < mention.last)
        return None if coming and rank > OWN and status in ("actual", "negated") else role

    def _dated(self, role: TimeRole, rank: int, sentence: Sentence) -> Dated:
        mention = role.mention
        start, end = sentence.start + mention.start, sentence.start + mention.end
        words = Span(self.article.text[start:end], start, end)
        first, last = mention.first, mention.last
        near = dt.timedelta() <= self.day - first <= _AFTERMATH
        if mention.direction == "after" and mention.precision == "day" and near:
            last = self.day
        when = When(words.text, first, last, mention.precision, start, end)
        told: TimeTold = "near" if rank < AROUND else None
        if last < self.article.date - _YEAR:
            told = "past"
        return Dated(when, words, f"“{words.text}”, {_WHY[rank]}", told)

    def _again(self, c: Candidate, sentence: Sentence) -> Dated:
        """The time of the same deed told shortly before, else the article's date."""
        earlier = self._before.same_deed(c, sentence)
        if earlier is not None:
            when, words, index = earlier
            past = when.end < self.article.date - _YEAR
            return Dated(
                when, words, f"the same deed in sentence {index}", "past" if past else None
            )
        day = self.article.date
        return Dated(When(None, day, day, "article"), None, "the article's own", None)

    def remember(self, c: Candidate, dated: Dated, sentence: Sentence) -> None:
        """Keeps the time of a finished event for those that follow."""
        self._before.keep(c, dated.when, dated.words, sentence)


_WHY = {
    0: "told with it",
    1: "of its clause",
    2: "of a clause joined to it",
    3: "of the verb above",
    4: "of the clause around it",
    5: "of the same sentence",
}


def _order(role: TimeRole, ranking: TimeRanking) -> tuple[bool, bool, int, int]:
    """Between times that fit equally: what tells the time itself, exactly, and nearest."""
    m = role.mention
    vague = m.direction in ("before", "after", "until")
    return m.anchored and not m.certain, vague, _FINENESS[m.precision], ranking.distance(role)


def reference_day(article: Article) -> dt.date:
    """The day from which relative times count: the dateline's where it tells one close before
    the article's, else the article's."""
    for start, end in article.masked:
        if start >= _OPENING:
            break
        for m in find_dates(article.text[start:end], article.date, tense="past"):
            if m.precision == "day" and dt.timedelta() <= article.date - m.first <= _NEWS:
                return m.first
    return article.date
