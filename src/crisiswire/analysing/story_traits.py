"""What of an event tells whether another report tells the same: its traits, and the keys under
which events that may be the same meet."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from crisiswire.knowledge.actor_tables import COUNTRY_COLUMNS
from crisiswire.knowledge.files import DATA, read_csv
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.gazetteer import PLACES, read_name_words
from crisiswire.knowledge.names import COUNTRY_TABLES
from crisiswire.model import Actor, Article, Event, Place

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDING = re.compile(r"(?<=...)(?:ings?|ed|es|s|er|ers)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_BARE = re.compile(r"[a-z]{3}(?:-[a-z]{3})?")  # sdn, sdn-mil
_SPACES, _ENDS = " \t\r\n'\"‘’“”«»()-–—", ".!?:"
_READ = 1500  # characters of a report that are read for names
_SHORT = 4  # letters of the shortest word, not a name, that counts
_WEEK = 7
_NEAR = 35  # days that a time may span and still be found by its weeks
_LAG = 3  # days before the report in which an event told without a time may lie
_COUNTRIES = 6  # of one event that it is found by
_NAMED = 2  # of its report that it is found by, too
_POINTS = frozenset({"city", "capital", "camp", "base", "airport", "port", "crossing", "site"})


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an event: folded words of its name, country, sectors and entity, if known."""

    words: frozenset[str]
    country: str | None
    sectors: frozenset[str]
    entity: str | None


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one event.

    ``first`` to ``last`` are the days on which it may have happened, ``dated`` False where the
    report does not say; ``words`` are the sentence's, ``names`` the whole report's, both folded.
    ``denies``: it says that the thing did not happen. ``countries``: those it is sought by.
    """

    document_id: str
    event_id: str
    event_type: str
    status: str
    denies: bool
    told: dt.date
    first: dt.date
    last: dt.date
    dated: bool
    place: Place | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    numbers: tuple[tuple[str, float], ...]
    trigger: str
    words: frozenset[str]
    names: frozenset[str]
    countries: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days the time spans, 0 for one day."""
        return (self.last - self.first).days

    def keys(self) -> tuple[str, ...]:
        """Under which it is found: by type, week and country; by type, place and year."""
        return tuple(dict.fromkeys((*self._near(self.event_type, 0), *self._far(self.event_type))))

    def sought(self, event_types: tuple[str, ...]) -> tuple[str, ...]:
        """The keys of what may be the same, of its own type and of ``event_types``."""
        kinds = (self.event_type, *event_types)
        near = (key for kind in kinds for key in self._near(kind, 1))
        far = (key for kind in kinds for key in self._far(kind))
        return tuple(dict.fromkeys((*near, *far)))

    def _near(self, event_type: str, around: int) -> Iterator[str]:
        if self.days > _NEAR:
            return
        first = self.first.toordinal() // _WEEK - around
        last = self.last.toordinal() // _WEEK + around
        for week in range(first, last + 1):
            for country in self.countries:
                yield f"{event_type} {week} {country}"

    def _far(self, event_type: str) -> Iterator[str]:
        for where in self._spots():
            for year in range(self.first.year, min(self.last.year, self.first.year + 10) + 1):
                yield f"{event_type} {year} {where}"

    def _spots(self) -> Iterator[str]:
        if self.place is not None and is_spot(self.place):
            yield f"@{self.place.geonames_id or fold(self.place.name)}"


def report_traits(article: Article, events: Sequence[Event]) -> list[Traits]:
    """The traits of all events of a report."""
    names = names_of(article)
    setting = _setting(article, events)
    return [traits_of(event, article.date, names, setting) for event in events]


def _setting(article: Article, events: Sequence[Event]) -> list[str]:
    """The countries that a report and its events name most often; "-" where none is named."""
    counts = Counter(country for event in events for country in _countries(event))
    words = _WORD.findall(f"{article.title or ''} {article.text[:_READ]}")
    known = _country_words()
    counts.update(filter(None, (known.get(fold(_POSSESSIVE.sub("", word))) for word in words)))
    return [country for country, _ in counts.most_common(_NAMED)] or ["-"]


def traits_of(
    event: Event, told: dt.date, names: frozenset[str], setting: Sequence[str] = ()
) -> Traits:
    """The traits of an event of a report of the day ``told`` that holds ``names``; it is sought
    by the countries of ``setting`` too."""
    time = event.date
    dated = time.precision != "article"
    first = time.start if dated else time.start - dt.timedelta(days=_LAG)
    sentence = event.evidence
    return Traits(
        event.document_id,
        event.event_id,
        event.event_type,
        event.status,
        event.status == "negated" or event.attribution.kind == "denial",
        told,
        first,
        time.end,
        dated,
        event.place,
        tuple(map(_party, event.actors)),
        tuple(map(_party, event.recipients)),
        tuple((q.kind, q.value) for q in event.quantities),
        stem(sentence.trigger.text),
        words_of(sentence.text),
        names,
        tuple(dict.fromkeys((*_countries(event)[:_COUNTRIES], *setting))),
    )


def _countries(event: Event) -> list[str]:
    """The countries of an event's place and parties."""
    parties = (party.country for party in (*event.actors, *event.recipients))
    place = event.place.country if event.place else None
    return list(dict.fromkeys(country for country in (place, *parties) if country))


def names_of(article: Article) -> frozenset[str]:
    """The words of the report's first characters that are written as names, folded."""
    text = _unmasked(article)
    found = list(_WORD.finditer(text[:_READ]))
    names = set()
    for n, match in enumerate(found):
        follows = found[n + 1][0] if n + 1 < len(found) else ""
        if not _opens(text, match.start()) or follows[:1].isupper():
            names.add(_name(match[0]))
    return frozenset(names - {""})


def _opens(text: str, start: int) -> bool:
    """Whether a word begins a sentence, so that its capital says nothing."""
    before = text[:start].rstrip(_SPACES)
    return not before or before[-1] in _ENDS


def words_of(sentence: str) -> frozenset[str]:
    """The stems of a sentence's words that carry meaning."""
    stems = map(_meaning, _WORD.findall(sentence))
    return frozenset(word for word in stems if word)


@lru_cache(maxsize=100_000)
def _meaning(word: str) -> str:
    """The stem of a word, empty where it tells nothing of what happened."""
    word = _POSSESSIVE.sub("", word)
    told = len(word) >= _SHORT or word[:1].isupper()
    return stem(word) if told and fold(word) not in _function_words() else ""


@lru_cache(maxsize=100_000)
def _name(word: str) -> str:
    """The stem of a word that is written as a name and singles out; empty for others."""
    word = _POSSESSIVE.sub("", word)
    is_name = len(word) > 1 and word[0].isupper() and fold(word) not in _common_words()
    return stem(word) if is_name else ""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word, folded, without its ending: killed, kills, killing are one."""
    return _ENDING.sub("", fold(word))


def is_spot(place: Place | None) -> bool:
    """Whether the place is a town or a site, no country, province or sea."""
    return place is not None and place.kind in _POINTS


def _party(actor: Actor) -> Party:
    """A party; an entity that is only a country's and sector's says no more than these."""
    entity = actor.entity_id
    bare = entity is None or _BARE.fullmatch(entity)
    return Party(
        frozenset(fold(w) for w in _WORD.findall(actor.name)),
        actor.country,
        frozenset(actor.sectors),
        None if bare else entity,
    )


def _unmasked(article: Article) -> str:
    """The text with what is no report blanked out."""
    parts, end = [], 0
    for start, stop in article.masked:
        parts.append(article.text[end:start])
        end = stop
    return " ".join((*parts, article.text[end:]))


@cache
def _common_words() -> frozenset[str]:
    """Words with a capital that single out no event: no names, or those of countries."""
    english = read_name_words(PLACES / "name_words.yaml").lists["english"]
    return frozenset(english | set(_country_words()) | _function_words())


@cache
def _country_words() -> dict[str, str]:
    """The words of countries' names and demonyms → a country that is named so."""
    tables = (DATA / "actors" / name for name in COUNTRY_TABLES)
    rows = (row for path in tables for _, row in read_csv(path, COUNTRY_COLUMNS))
    named = [row for row in rows if row["kind"] in ("name", "demonym")]
    parts = {word: row["country"] for row in named for word in fold(row["name"]).split()}
    english = read_name_words(PLACES / "name_words.yaml").lists["english"]
    telling = {w: c for w, c in parts.items() if len(w) >= _SHORT and w not in english}
    return telling | {fold(row["name"]): row["country"] for row in named}


@cache
def _function_words() -> frozenset[str]:
    from crisiswire.analysing.story_rules import story_rules

    return story_rules().function_words
