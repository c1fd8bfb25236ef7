"""How likely two reports tell one and the same event, with the reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator

from crisiswire.analysing.story_rules import StoryRules
from crisiswire.analysing.story_traits import Party, Traits, is_spot, stem
from crisiswire.knowledge.folding import fold
from crisiswire.model import Place
from crisiswire.storing.stories import StoryReason

SAME_SPOT, NEAR_SPOT = 15.0, 60.0  # kilometres
_WIDE = 3  # days that a time may span and still name a day
_GAP = 10  # days between two times beyond which nothing else is looked at
_ALIKE, _UNLIKE = 2.0, 3.0  # times the other that a number is at most like it, and is unlike it
_TELLING = 4.0  # the least number that few events share
_FEW = 4  # words by which a short sentence or report is taken to differ
_UNREAL = frozenset({"future", "hypothetical"})
Signal = tuple[str, float]


def signals(a: Traits, b: Traits, rules: StoryRules) -> list[Signal] | None:
    """What speaks for or against one event, each with how much of it there is (0 to 1 or more);
    None where types or times rule it out."""
    if a.event_type != b.event_type and b.event_type not in rules.related[a.event_type]:
        return None
    gap = days_apart(a, b)
    if gap > _GAP:
        return None
    found = [_time(a, b, gap)]
    if gap:
        found.append(("days_apart", math.log1p(gap)))
    if a.event_type != b.event_type:
        found.append(("related_type", 1.0))
    if (a.status in _UNREAL) != (b.status in _UNREAL):
        found.append(("not_yet", 1.0))
    found += _places(a, b)
    found += _sides(a, b, rules)
    found += _numbers(a, b)
    if a.trigger == b.trigger:
        found.append(("same_verb", 1.0))
    found.append(("words", _shared(a.words, b.words)))
    if a.document_id == b.document_id:
        found.append(("same_report", 1.0))
    else:
        found.append(("names", _shared(a.names, b.names)))
    return found


def score(a: Traits, b: Traits, rules: StoryRules) -> float | None:
    """Log-odds that the two tell one event; None where they cannot."""
    found = signals(a, b, rules)
    if found is None:
        return None
    weights = rules.weights
    return rules.bias + sum(weights[name] * value for name, value in found)


def reasons(a: Traits, b: Traits, rules: StoryRules) -> tuple[StoryReason, ...]:
    """Why the score is what it is, the weightiest first. Empty where the two cannot be one."""
    told = (
        StoryReason(name, round(rules.weights[name] * value, 2), _facts(name, a, b))
        for name, value in signals(a, b, rules) or ()
    )
    return tuple(sorted((r for r in told if r.points), key=lambda r: -abs(r.points)))


def days_apart(a: Traits, b: Traits) -> int:
    """Days between the times of the two, 0 where these overlap."""
    return max(0, (a.first - b.last).days, (b.first - a.last).days)


def kilometres(a: Place, b: Place) -> float | None:
    """Distance of two places along the great circle; None where one has no point."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return None
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    across = math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * across
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


def _time(a: Traits, b: Traits, gap: int) -> Signal:
    if gap:
        return "other_day", 1.0
    if not (a.dated and b.dated):
        return "time_untold", 1.0
    return ("wide_time" if max(a.days, b.days) > _WIDE else "same_day"), 1.0


def _places(a: Traits, b: Traits) -> Iterator[Signal]:
    here, there = a.place, b.place
    spots = is_spot(here), is_spot(there)
    if here is not None and there is not None:
        if here.country and there.country and here.country != there.country:
            yield "other_country", 1.0
            return
        if all(spots):
            found = _spots(here, there)
            told = found == "far_spot" and (named(here, b.names) or named(there, a.names))
            yield "far_but_named" if told else found, 1.0
            return
        if here.admin1 and there.admin1:
            yield ("same_province" if here.admin1 == there.admin1 else "other_province"), 1.0
    for place, spot, other in ((here, spots[0], b), (there, spots[1], a)):
        if place is not None and spot and place.precision in ("at", "near"):
            yield ("spot_named" if named(place, other.names) else "spot_unnamed"), 1.0


def _spots(a: Place, b: Place) -> str:
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return "same_spot"
    apart = kilometres(a, b)
    if apart is None:
        return "same_spot" if fold(a.name) == fold(b.name) else "far_spot"
    if "dateline" in (a.precision, b.precision) and apart > SAME_SPOT:
        return "unsure_spot"
    return "same_spot" if apart <= SAME_SPOT else "near_spot" if apart <= NEAR_SPOT else "far_spot"


def named(place: Place, names: frozenset[str]) -> bool:
    """Whether a report that holds ``names`` names the place."""
    words = (stem(word) for word in (*place.text.split(), *place.name.split()) if len(word) > 3)
    return any(word in names for word in words)


def _sides(a: Traits, b: Traits, rules: StoryRules) -> Iterator[Signal]:
    if a.event_type in rules.mutual and b.event_type in rules.mutual:
        ours, theirs = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
        yield from _side("parties", ours, theirs)
        return
    yield from _side("actors", a.actors, b.actors)
    yield from _side("recipients", a.recipients, b.recipients)
    if _turned(a, b):
        yield "turned", 1.0


def _side(side: str, ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> Iterator[Signal]:
    if not ours or not theirs:
        return
    best = max((_likeness(x, y) for x in ours for y in theirs), default=0)
    if best:
        yield f"{side}_{('differ', '', 'country', 'like', 'same')[best + 1]}", 1.0
    if side == "parties":
        agreed = sum(max(_likeness(x, y) for y in theirs) >= 2 for x in ours)
        yield "parties_shared", max(0, agreed - 1) / max(1, min(len(ours), len(theirs)) - 1)


def _likeness(x: Party, y: Party) -> int:
    """3 the same, 2 alike, 1 of one country, 0 unknown, -1 different."""
    if x.entity and x.entity == y.entity:
        return 3
    if x.country and y.country:
        if x.country != y.country:
            return -1
        return 2 if not (x.sectors or y.sectors) or x.sectors & y.sectors else 1
    if x.words and x.words == y.words:
        return 2
    return 0


def _turned(a: Traits, b: Traits) -> bool:
    """Whether who acts in one suffers in the other."""
    actors, recipients = _countries(a.actors), _countries(a.recipients)
    if len(actors) != 1 or len(recipients) != 1 or actors == recipients:
        return False
    return _countries(b.actors) == recipients and _countries(b.recipients) == actors


def _countries(parties: tuple[Party, ...]) -> set[str]:
    return {party.country for party in parties if party.country}


def _numbers(a: Traits, b: Traits) -> Iterator[Signal]:
    pairs = [(x, y) for kind, x in a.numbers for other, y in b.numbers if kind == other]
    if not pairs:
        return
    if any(x == y and x >= _TELLING for x, y in pairs):
        yield "same_number", 1.0
        return
    times = min(max(x, y) / max(1.0, min(x, y)) for x, y in pairs)
    if times <= _ALIKE:
        yield "like_number", 1.0
    elif times > _UNLIKE:
        yield "other_number", 1.0


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the words two have in common, 0 to 1; of few words less can be said."""
    return 2 * len(a & b) / (len(a) + len(b) + _FEW) if a and b else 0.0


def _facts(name: str, a: Traits, b: Traits) -> str:
    if name in ("names", "words"):
        common = sorted(getattr(a, name) & getattr(b, name))
        return ", ".join(common[:8])
    if name in ("same_number", "like_number", "other_number"):
        return f"{_listed(a.numbers)} / {_listed(b.numbers)}"
    if name in ("same_day", "other_day", "wide_time", "time_untold", "days_apart"):
        return f"{_days(a)} / {_days(b)}"
    if name == "related_type":
        return f"{a.event_type} / {b.event_type}"
    if name == "same_verb":
        return a.trigger
    if name.startswith(("parties", "actors", "recipients", "turned")):
        return ""
    places = (p.name if p is not None else "?" for p in (a.place, b.place))
    return " / ".join(places) if "spot" in name or "province" in name or "country" in name else ""


def _days(traits: Traits) -> str:
    if traits.first == traits.last:
        return traits.first.isoformat()
    return f"{traits.first} to {traits.last}"


def _listed(numbers: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{value:g} {kind}" for kind, value in numbers)
