"""Placing events into stories, one after another, each beside the story it fits best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crisiswire.analysing.story_rules import StoryRules, story_rules
from crisiswire.analysing.story_scores import Reason, reasons, score
from crisiswire.analysing.story_traits import Traits
from crisiswire.model import text_id

_COMPARED = 12  # members of a story that a new event is compared with: the first and the latest
_BEST = 0.5  # what the best of these counts against their mean
_RULED_OUT = -6.0  # the score with a member that cannot be the same


@dataclass(slots=True)
class OpenStory:
    """A story that may take in more: its id and its members in the order they came."""

    id: str
    members: list[Traits] = field(default_factory=list)

    def compared(self) -> list[Traits]:
        """The members that a new event is compared with."""
        if len(self.members) <= _COMPARED:
            return self.members
        return [self.members[0], *self.members[1 - _COMPARED :]]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an event went. ``score`` and ``reasons`` compare it with the member it is most like,
    event ``like`` of document ``like_document``; None and empty where it opened the story."""

    traits: Traits
    story_id: str
    position: int
    score: float | None = None
    like: str | None = None
    like_document: str | None = None
    reasons: tuple[Reason, ...] = ()


class Shelf:
    """Open stories, found by the keys of their members."""

    def __init__(self, rules: StoryRules | None = None) -> None:
        self._rules = rules or story_rules()
        self._stories: dict[str, OpenStory] = {}
        self._by_key: dict[str, dict[str, None]] = {}

    def sought(self, traits: Traits) -> tuple[str, ...]:
        """The keys of the stories that could take the event in."""
        return traits.sought(tuple(sorted(self._rules.related[traits.event_type])))

    def put(self, story_id: str, members: Iterable[Traits]) -> None:
        """Add a story that was begun before, with its members in the order they came."""
        for traits in members:
            self._add(story_id, traits)

    def place(self, traits: Traits) -> Placement:
        """Put the event into the story that fits best, or into a new one.

        A new story is named after the event that opens it, so its id is the same whenever the
        same events come in the same order.
        """
        own = story_id_of(traits)
        if own in self._stories:  # it opened this story, and was coded anew since
            return self._joined(own, traits)
        found = self._best(traits)
        if found is None:
            self._add(own, traits)
            return Placement(traits, own, 0)
        return self._joined(found, traits)

    def _joined(self, story_id: str, traits: Traits) -> Placement:
        story = self._stories[story_id]
        value, like = max(
            ((score(traits, member, self._rules), member) for member in story.compared()),
            key=lambda pair: _RULED_OUT if pair[0] is None else pair[0],
        )
        why = reasons(traits, like, self._rules)
        position = len(story.members)
        self._add(story_id, traits)
        return Placement(
            traits, story_id, position, value, like.event_id, like.document_id, why
        )

    def _best(self, traits: Traits) -> str | None:
        """The story with the highest score above the threshold; of equals the older."""
        best, chosen = self._rules.threshold, None
        met = {name: None for key in self.sought(traits) for name in self._by_key.get(key, ())}
        for name in met:
            value = self.fit(traits, self._stories[name])
            if value > best or (value == best and chosen is not None and name < chosen):
                best, chosen = value, name
        return chosen

    def fit(self, traits: Traits, story: OpenStory) -> float:
        """How well the event fits the story: between its best likeness and the mean."""
        values = [
            _RULED_OUT if value is None else value
            for value in (score(traits, member, self._rules) for member in story.compared())
        ]
        return _BEST * max(values) + (1 - _BEST) * sum(values) / len(values)

    def _add(self, story_id: str, traits: Traits) -> None:
        story = self._stories.setdefault(story_id, OpenStory(story_id))
        story.members.append(traits)
        for key in traits.keys():
            self._by_key.setdefault(key, {})[story_id] = None


def story_id_of(first: Traits) -> str:
    """The id of the story that an event opens."""
    return text_id(f"story\n{first.document_id}\n{first.event_id}")
