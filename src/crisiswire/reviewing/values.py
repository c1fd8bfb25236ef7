"""Values of an event's fields as people write them, read into the form of the event record.

Each reader raises ReviewError that names the field and what it allows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from crisiswire.errors import ReviewError
from crisiswire.knowledge.actor_tables import country_names
from crisiswire.knowledge.files import ontology
from crisiswire.model import Actor, Article, Evidence, Place, PlacePrecision, Precision, When
from crisiswire.resolving.dates import resolve_date
from crisiswire.resolving.phrases import resolve_phrase
from crisiswire.resolving.places import to_place
from crisiswire.reviewing.words import Found, find_words

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder

_CODES = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*", re.DOTALL)
_DAYS = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:\s*\.\.\s*(\d{4}(?:-\d\d){0,2}))?")
_LONGEST: tuple[tuple[int, Precision], ...] = (
    (1, "day"), (7, "week"), (31, "month"), (92, "quarter"), (366, "year")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What values are read beside: the article, the event's sentence and trigger, and the
    parties that the event has so far."""

    article: Article
    evidence: Evidence
    parties: tuple[Actor, ...] = ()

    def find(self, words: str) -> Found | None:
        """The words in the sentence, as near to the trigger as they stand, else in the article."""
        trigger = self.evidence.trigger.start
        sentence = (self.evidence.start, self.evidence.end)
        return find_words(self.article.text, words, trigger, sentence)


def party_of(value: Any, field: str, setting: Setting, coder: Coder) -> Actor:
    """A party: words of the article ("the rebels"), which are resolved as the coder does, with
    codes in brackets where they are to be others ("the rebels [SYR REB]"); a name that no words of
    the article give ("=Red Crescent [NGO MED]"), which stands at the trigger; or a mapping with
    any of "text", "name", "country", "sectors", "entity_id".
    """
    if isinstance(value, str):
        given = _coded(value, field)
    elif isinstance(value, Mapping):
        given = dict(value)
    else:
        _refuse(field, f"{value!r} is no party", "words of the article, or name and country")
    unknown = set(given) - set(Actor.__dataclass_fields__)
    if unknown:
        _refuse(field, f"a party has no {sorted(unknown)[0]!r}", ", ".join(_PARTY_FIELDS))
    _check_codes(given, field)
    words = given.get("text") or given.get("name")
    if not isinstance(words, str) or not words.strip():
        _refuse(field, "a party needs words", "words of the article, or a name")
    own = next((p for p in setting.parties if p.text == words and given.keys() <= {"text"}), None)
    if own is not None:
        return own
    return _party(given, words, field, setting, coder)


_PARTY_FIELDS = ("text", "name", "country", "sectors", "entity_id")


def _party(given: Mapping[str, Any], words: str, field: str, s: Setting, coder: Coder) -> Actor:
    at = _told_at(given, s.article) or s.find(words)
    if at is None and not given.get("name"):
        _refuse(
            field,
            f"{words!r} does not stand in the article",
            "words of it, or a name: =NAME [COUNTRY SECTOR]",
        )
    trigger = s.evidence.trigger
    span = at or Found(trigger.text, trigger.start, trigger.end)
    found = resolve_phrase(coder, words, s.article.date, s.article.text)
    known = found.actor if found is not None else None
    own = {name: given[name] for name in ("country", "entity_id") if name in given}
    sectors = tuple(given.get("sectors", known.sectors if known else ()))
    if "country" in given or "sectors" in given:
        own.setdefault("entity_id", None)  # what the words stand for is another than was found
    return Actor(
        span.text,
        span.start,
        span.end,
        given.get("name") or (known.name if known else words),
        own.get("country", known.country if known else None),
        sectors,
        own.get("entity_id", known.entity_id if known else None),
    )


def _told_at(given: Mapping[str, Any], article: Article) -> Found | None:
    """The span that a mapping gives itself, where the article has its very words there."""
    start, text = given.get("start"), given.get("text")
    if isinstance(start, int) and isinstance(text, str) and text:
        end = start + len(text)
        return Found(text, start, end) if article.text[start:end] == text else None
    return None


def _coded(value: str, field: str) -> dict[str, Any]:
    """ "the rebels [SYR REB]" in its parts; "=" before a name that the article does not have."""
    match = _CODES.fullmatch(value)
    words = (match[1] if match else value).strip()
    named = {"name": words[1:].strip()} if words.startswith("=") else {"text": words}
    if match is None:
        return named
    given: dict[str, Any] = {**named, "country": None, "sectors": []}
    for code in match[2].replace("·", " ").replace(",", " ").split():
        if code.upper() in ontology()["sectors"]:
            given["sectors"].append(code.upper())
        elif given["country"] is None:
            given["country"] = code.upper()
        else:
            _refuse(field, f"{code!r} is no sector", ", ".join(ontology()["sectors"]))
    return given


def _check_codes(given: Mapping[str, Any], field: str) -> None:
    country = given.get("country")
    if country is not None and country not in country_names():
        _refuse(field, f"country {country!r} is unknown",
                "an ISO 3166 alpha-3 code or one of UNO EUR IGO NGO IMG ISM MNC")  # fmt: skip
    sectors = given.get("sectors") or ()
    known = ontology()["sectors"]
    if not isinstance(sectors, list | tuple) or any(s not in known for s in sectors):
        _refuse(field, f"sectors {sectors!r} are unknown", ", ".join(known))
    if len(set(sectors)) != len(sectors):
        _refuse(field, f"sectors {sectors!r} come twice", "each one once, best first")
    for name in ("name", "text", "entity_id"):
        if not isinstance(given.get(name), str | None):
            _refuse(field, f"{name} {given[name]!r} is no text", "text")


def date_of(value: Any, setting: Setting) -> When:
    """A date: "2019-05-20", "2019-05", "2019", "2019-05-01..2019-05-10", the words of a time
    expression ("last Friday", read on the article's day), or a mapping with "start" and "end",
    and "precision" where another is meant than their distance tells."""
    if isinstance(value, Mapping):
        ends = (value.get("start"), value.get("end") or value.get("start"))
        when = _interval(f"{ends[0]}..{ends[1]}")
        precision = value.get("precision", when.precision if when else None)
        if when is None or precision not in get_args(Precision):
            known = "|".join(get_args(Precision))
            _refuse("date", f"{dict(value)!r} is no date", f"start, end and one of {known}")
        told = _told_at({**value, "start": value.get("text_start")}, setting.article)
        return _dated(told, When(None, when.start, when.end, precision))
    if not isinstance(value, str):
        _refuse("date", f"{value!r} is no date", "YYYY-MM-DD, YYYY-MM, YYYY or A..B")
    when = _interval(value.strip())
    if when is not None:
        return when
    found = resolve_date(value, setting.article.date)
    if found is None:
        _refuse("date", f"{value!r} is no date", "YYYY-MM-DD, YYYY-MM, YYYY, A..B or its words")
    return _dated(setting.find(value), When(None, found.first, found.last, found.precision))


def _dated(words: Found | None, when: When) -> When:
    """The date with the words that tell it, where there are any."""
    if words is None:
        return when
    return replace(when, text=words.text, text_start=words.start, text_end=words.end)


def _interval(text: str) -> When | None:
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    try:
        first, last = _first(match[1]), _last(match[2] or match[1])
    except ValueError as error:
        raise ReviewError(
            f"date: {text!r} is no date ({error}); write YYYY-MM-DD", "date"
        ) from error
    if last < first:
        _refuse("date", f"{text!r} ends before it begins", "A..B with A first")
    days = (last - first).days + 1
    decade: Precision = "decade"
    precision = next((name for longest, name in _LONGEST if days <= longest), decade)
    return When(None, first, last, precision)


def _first(text: str) -> dt.date:
    return dt.date.fromisoformat((text + "-01-01")[:10])


def _last(text: str) -> dt.date:
    first = _first(text)
    match len(text):
        case 4:
            return dt.date(first.year, 12, 31)
        case 7:
            later = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return later - dt.timedelta(days=1)
    return first


def place_of(value: Any, setting: Setting, coder: Coder) -> Place | None:
    """A place: a name of the gazetteer ("Misrata", "Springfield [USA]"), None for none, or a
    mapping of the record's form (at least "name")."""
    if value is None:
        return None
    if isinstance(value, str):
        given = _coded(value, "place")
        given = {"name": given.pop("text", None) or given.pop("name", None), **given}
    elif isinstance(value, Mapping):
        given = dict(value)
    else:
        _refuse("place", f"{value!r} is no place", "a name, or a mapping with name and country")
    unknown = set(given) - set(Place.__dataclass_fields__) - {"sectors"}
    if unknown:
        _refuse("place", f"a place has no {sorted(unknown)[0]!r}", ", ".join(_PLACE_FIELDS))
    given.pop("sectors", None)
    _check_codes({"country": given.get("country")}, "place")
    name = given.get("name") or given.get("text")
    if not isinstance(name, str) or not name.strip():
        _refuse("place", "a place needs a name", "a name of the gazetteer")
    return _place(given, name.strip(), setting, coder)


_PLACE_FIELDS = tuple(Place.__dataclass_fields__)


def _place(given: dict[str, Any], name: str, s: Setting, coder: Coder) -> Place:
    at = _told_at(given, s.article) or s.find(given.get("text") or name)
    trigger = s.evidence.trigger
    span = at or Found(trigger.text, trigger.start, trigger.end)
    if "latitude" in given:
        return _mapped(given, name, span)
    countries = [given["country"]] if given.get("country") else []
    about = [p.country for p in s.parties if p.country]
    found = [p for p in coder.gazetteer.lookup(name) if not countries or p.country in countries]
    if not found:
        where = f" for {countries[0]}" if countries else ""
        allowed = "another name, or a mapping with name, country, latitude and longitude"
        _refuse("place", f"{name!r} is in no gazetteer{where}", allowed)
    best = coder.gazetteer.best(name, countries=[*countries, *about])
    chosen = best if best in found else found[0]
    return to_place(span.text, span.start, span.end, chosen)


def _mapped(given: Mapping[str, Any], name: str, span: Found) -> Place:
    """A place with coordinates of its own."""
    axes = {"latitude": 90, "longitude": 180}
    told = [axis for axis in axes if given.get(axis) is not None]
    for axis in axes if told else ():
        degrees, limit = given.get(axis), axes[axis]
        if not isinstance(degrees, int | float) or not -limit <= degrees <= limit:
            _refuse("place", f"{axis} {degrees!r} is none", f"degrees from -{limit} to {limit}")
    precision = given.get("precision", "at")
    if precision not in get_args(PlacePrecision):
        _refuse("place", f"precision {precision!r} is unknown", ", ".join(get_args(PlacePrecision)))
    return Place(
        span.text,
        span.start,
        span.end,
        name,
        given.get("country"),
        given.get("admin1"),
        float(given["latitude"]) if told else None,
        float(given["longitude"]) if told else None,
        given.get("geonames_id"),
        given.get("kind", "site"),
        precision,
    )


def _refuse(field: str, fault: str, allowed: str) -> NoReturn:
    raise ReviewError(f"{field}: {fault}; give {allowed}", field)
