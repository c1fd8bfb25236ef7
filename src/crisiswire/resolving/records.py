"""What resolving an actor takes from the article and gives back."""

from __future__ import annotations

from dataclasses import dataclass

from crisiswire.model import Actor


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor with how it was found. ``strength`` is 0 to 1; ``known`` when any of
    country, sectors or entity is known; ``guessed`` when the country is only that of the
    story's place."""

    actor: Actor
    strength: float
    reason: str
    named: bool = False  # a proper name, known or not
    guessed: bool = False

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
    named first), the country that the party is told to be of, the article's setting, and the
    places of the sentence: head token and country of each."""

    countries: tuple[str, ...] = ()
    home: str | None = None
    setting: Setting = Setting()
    places: tuple[tuple[int, str], ...] = ()
