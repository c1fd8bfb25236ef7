"""Placing events into stories, one after another, each into the story it fits best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisiswire.analysing.story_rules import StoryRules, story_rules
from crisiswire.analysing.story_scores import reasons, score
from crisiswire.analysing.story_traits import Traits
from crisiswire.model import text_id
from crisiswire.storing.stories import StoryPlace

LATEST = 7  # events of a story, beside its first, that a new one is compared with
_BEST = 0.5  # what the best of these comparisons counts against their mean
_EVEN = 0.0  # log-odds
_RULED_OUT = -6.0  # the score with an event that cannot be the same


class Shelf:
    """Stories that may take in more, found by the keys of their events.

    What an event joins depends only on the rules and on what was placed before it.
    """

    def __init__(self, rules: StoryRules | None = None) -> None:
        self._rules = rules or story_rules()
        self._sizes: dict[str, int] = {}
        self._events: dict[str, list[Traits]] = {}
        self._by_key: dict[str, dict[str, None]] = {}

    def sought(self, traits: Traits) -> tuple[str, ...]:
        """The keys that lead to the stories that could take the event in."""
        return traits.sought(tuple(sorted(self._rules.related[traits.event_type])))

    def put(self, story_id: str, size: int, keys: Iterable[str], events: Sequence[Traits]) -> None:
        """Add a story that was begun before: of its ``size`` events the first and the latest, in
        the order they came, and the keys of all."""
        self._sizes[story_id] = size
        self._events[story_id] = list(events)
        for key in keys:
            self._by_key.setdefault(key, {})[story_id] = None

    def place(self, traits: Traits) -> StoryPlace:
        """Put the event into the story that it fits best, else into a new one.

        A new story is named after the event that opens it, so that its id is the same whenever
        the same events come in the same order.
        """
        own, apart = story_ids_of(traits)
        # It may have opened this story before its article was coded anew, or before a person
        # corrected it: then it may be another event than those that joined it.
        stays = own in self._sizes and self._fit(traits, self._events[own]) > _EVEN
        chosen = own if stays else self._best(traits)
        keys = traits.keys()
        if chosen is None:
            own = apart if own in self._sizes else own
            self.put(own, 1, keys, (traits,))
            return StoryPlace(own, 0, keys=keys)
        values = [(score(traits, e, self._rules), e) for e in self._events[chosen]]
        value, like = max(values, key=lambda pair: _RULED_OUT if pair[0] is None else pair[0])
        position = self._sizes[chosen]
        self.put(chosen, position + 1, keys, _kept([*self._events[chosen], traits]))
        why = reasons(traits, like, self._rules)
        return StoryPlace(chosen, position, value, like.event_id, like.document_id, why, keys)

    def _best(self, traits: Traits) -> str | None:
        """The story of the highest score above the threshold; of equals the first by id."""
        best, chosen = self._rules.threshold, None
        met = {name: None for key in self.sought(traits) for name in self._by_key.get(key, ())}
        for name in met:
            value = self._fit(traits, self._events[name])
            if value > best or (value == best and chosen is not None and name < chosen):
                best, chosen = value, name
        return chosen

    def _fit(self, traits: Traits, events: Sequence[Traits]) -> float:
        """How well the event fits a story: between the best comparison and the mean."""
        found = (score(traits, event, self._rules) for event in events)
        values = [_RULED_OUT if value is None else value for value in found]
        return _BEST * max(values) + (1 - _BEST) * sum(values) / len(values)


def story_ids_of(first: Traits) -> tuple[str, str]:
    """The id of the story that an event opens, and the one it has where the first is that of a
    story which the event has left because a person corrected it."""
    name = f"story\n{first.document_id}\n{first.event_id}"
    place = first.place.name if first.place else ""
    sides = [[sorted(party.words) for party in side] for side in (first.actors, first.recipients)]
    told = [first.event_type, first.status, f"{first.first}", f"{first.last}", place, repr(sides)]
    return text_id(name), text_id("\n".join((name, *told)))


def _kept(events: list[Traits]) -> list[Traits]:
    return events if len(events) <= LATEST + 1 else [events[0], *events[-LATEST:]]
