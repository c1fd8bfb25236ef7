"""What resolving an actor takes from the article and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crisiswire.model import Actor

GUESSED = "story's place"  # how the reason of a guessed country ends


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor with how it was found. ``strength`` is 0 to 1; ``known`` when any of
    country, sectors or entity is known."""

    actor: Actor
    strength: float
    reason: str
    named: bool = False  # a proper name, known or not

    @property
    def guessed(self) -> bool:
        """Whether the country is only that of the story's place."""
        return self.reason.endswith(GUESSED)

    @property
    def known(self) -> bool:
        return bool(self.actor.country or self.actor.sectors)


@dataclass(frozen=True, slots=True)
class Setting:
    """The country whose affairs an article tells, and the one where most of it plays; None where
    no country stands out."""

    nation: str | None = None
    theatre: str | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """What the rest of the text says about whose actors these are: its countries (most often
    named first), the country that the party is told to be of, the countries that the sentences
    before named (latest first) and the article's setting."""

    countries: tuple[str, ...] = ()
    home: str | None = None
    recent: tuple[str, ...] = ()
    setting: Setting = Setting()
    people: Mapping[str, Resolved] = field(default_factory=dict)  # family name → full mention
    places: tuple[tuple[int, str], ...] = ()  # token and country of places in the sentence
