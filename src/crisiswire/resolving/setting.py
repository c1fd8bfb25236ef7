"""Which country an article is about: whose affairs it tells, and where it plays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from crisiswire.knowledge.files import above_states, shared_names, venues
from crisiswire.knowledge.names import Hit
from crisiswire.model import Article
from crisiswire.resolving.records import Setting

Weights = dict[str, float]  # country → how much speaks for it

_OPENING = 400  # characters in which a report says what it is about
_DIRECTION = r"(?:(?:north|south|east|west)[\w-]*|central|rural|war-torn|the|city of|town of)\s+"
_PREPOSITION = r"\b(?i:in|at|near|outside|inside|across|throughout|around|into|within|from)\s+"
_LOCATED = re.compile(rf"{_PREPOSITION}(?:{_DIRECTION})*$", re.IGNORECASE)
_LAND = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+)?(?:city|town|village|province|capital|district|border)\b"
)
_TOWN = re.compile(rf"{_PREPOSITION}(?:{_DIRECTION})*((?:[A-Z][\w'’-]+ ?){{1,3}})")
_LEAST, _SHARE, _LEAD = 4.0, 0.45, 1.6  # weight, share and distance from the next that are clear
_SHARE_AT_HOME = 0.3  # of a country in which the article plays too


def setting_of(
    article: Article,
    hits: Iterable[Hit],
    title_hits: Iterable[Hit],
    place_country: Callable[[str, Sequence[str]], str | None],
    countries: Sequence[str],
) -> Setting:
    """The setting of an article whose names are ``hits``, those of its title ``title_hits``;
    ``countries`` are those that it names, most often first."""
    told: Weights = defaultdict(float)
    played: Weights = defaultdict(float)
    taken: list[tuple[int, int]] = []
    for hit in hits:
        code = _country(hit, article)
        if code is None:
            continue
        weight = _weight(article, hit.start)
        told[code] += weight
        taken.append((hit.start, hit.end))
        if hit.is_country and _located(article, hit):
            played[code] += weight
    for match in _TOWN.finditer(article.text):
        start, end = match.span(1)
        if match.group(1).strip().lower() in venues():
            continue
        if not any(first < end and start < last for first, last in taken):
            code = place_country(match.group(1).strip(), countries)
            if code is not None:
                played[code] += _weight(article, start)
                told[code] += 0.5 * _weight(article, start)
    for hit in title_hits:
        code = _country(hit, article)
        if code is not None:
            told[code] += 3
    theatre = _clear(played, _SHARE)
    nation = _clear(told, _SHARE)
    if nation is None and theatre is not None and _clear(told, _SHARE_AT_HOME) == theatre:
        nation = theatre
    return Setting(nation, theatre)


def _country(hit: Hit, article: Article) -> str | None:
    if not hit.known or hit.text.lower() in shared_names() | venues():
        return None
    code = hit.known[0].at(article.date).country
    return None if code in above_states() else code


def _weight(article: Article, at: int) -> float:
    """How much a name at this place says: more at the beginning, most in a dateline."""
    if any(first <= at < last for first, last in article.masked):
        return 3.0 if at < _OPENING else 0.0
    return 2.0 if at < _OPENING else 1.0


def _located(article: Article, hit: Hit) -> bool:
    """Whether things are said to be there: "in northern Mali", "the Malian town of"."""
    before = article.text[max(0, hit.start - 40) : hit.start]
    if _LOCATED.search(before):
        return True
    masked = any(first <= hit.start < last for first, last in article.masked)
    return masked or _LAND.match(article.text, hit.end) is not None


def _clear(counts: Weights, share: float) -> str | None:
    """The country that stands out with this share of the weight, or None where none does."""
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEAST or ranked[0][1] < share * sum(counts.values()):
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    return ranked[0][0]
