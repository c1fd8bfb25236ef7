"""Places that a plain text names, without a parser.

Namesakes are ranked by the words beside the name and by the countries that the text speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crisiswire.knowledge.gazetteer import SMALL, Gazetteer, GazetteerPlace
from crisiswire.knowledge.packed_places import KINDS, WATERS, place_key
from crisiswire.model import Place
from crisiswire.resolving.place_names import KNOWN_TOWN, WIDELY_KNOWN, Name, NameFinder, capitals


def find_places(text: str, gazetteer: Gazetteer, *, countries: Sequence[str] = ()) -> list[Place]:
    """Places named in ``text``, in text order, spans in characters of ``text``.

    ``countries``: alpha-3 codes that the text is known to be about, most important first;
    those that it names itself are added. Work grows linearly with the text.
    """
    finder = NameFinder(text, gazetteer)
    chooser = _Chooser(finder, list(finder.names()), countries)
    out = []
    for name, found in sorted((*chooser.chosen(), *chooser.capitals()), key=lambda f: f[0].start):
        place = to_place(text[name.start : name.end], name.start, name.end, found)
        beside = finder.follows(name.first, finder.lists["beside"])
        out.append(replace(place, precision="near") if beside else place)
    return out


def to_place(text: str, start: int, end: int, found: GazetteerPlace) -> Place:
    """The public record of a gazetteer entry mentioned at ``start:end``."""
    return Place(
        text,
        start,
        end,
        found.name,
        found.country,
        found.admin1,
        found.latitude,
        found.longitude,
        found.geonames_id,
        found.kind,
    )


class _Chooser:
    """The names of one text and the countries it speaks of."""

    def __init__(self, finder: NameFinder, names: list[Name], countries: Sequence[str]) -> None:
        self.finder, self.names, self.gazetteer = finder, names, finder.gazetteer
        self.given = tuple(countries)
        self.said, self.implied = self._countries()

    def chosen(self) -> Iterator[tuple[Name, GazetteerPlace]]:
        """The names that are taken for places, with the place."""
        for name in self.names:
            found = self._choose(name)
            if found is not None:
                yield name, found

    def capitals(self) -> Iterator[tuple[Name, GazetteerPlace]]:
        """ "The Afghan capital" where its name does not follow, with the capital."""
        tokens, named = self.finder.tokens, {name.first for name in self.names}
        for at in range(1, len(tokens)):
            if tokens[at].text != "capital" or named & {at + 1, at + 2}:
                continue
            country = self.finder.demonym(tokens[at - 1])
            found = None if country is None else self._capital(country)
            if found is not None:
                start, end = tokens[at - 1].start, tokens[at].end
                text = self.finder.text[start:end]
                yield Name(at - 1, at + 1, text, start, end, (), KINDS), found

    def _capital(self, country: str) -> GazetteerPlace | None:
        for name in capitals().get(country, ()):
            found = self.gazetteer.best(name, countries=(country,), kinds=("capital",))
            if found is not None and found.country == country:
                return found
        return None

    def _countries(self) -> tuple[list[str], dict[str, set[str]]]:
        """Codes of the countries named, most often named first; and those that places with
        hardly any namesakes imply, with the keys of these places."""
        said: Counter[str] = Counter()
        implied: dict[str, set[str]] = {}
        for token in self.finder.tokens:
            country = self.finder.demonym(token)
            if country is not None:
                said[country] += 1
        for name in self.names:
            found = self.gazetteer.best(name.text, hints=name.hints, kinds=name.kinds)
            if found is None or found.country is None:
                continue
            if found.kind == "country":
                said[found.country] += 1
            elif self._plain(name, found):
                implied.setdefault(found.country, set()).add(place_key(name.text))
        return [country for country, _ in said.most_common()], implied

    def _about(self, name: Name) -> list[str]:
        """Countries that the text is about, as far as other words than the name say so."""
        own = {place_key(name.text)}
        most = sorted(self.implied, key=lambda c: -len(self.implied[c]))
        others = [country for country in most if self.implied[country] - own]
        return list(dict.fromkeys((*self.given, *self.said, *others)))

    def _choose(self, name: Name) -> GazetteerPlace | None:
        about = self._about(name)
        found = self.gazetteer.best(name.text, countries=about, hints=name.hints, kinds=name.kinds)
        if found is None or found.kind not in ("city", "capital", "admin1"):
            return found
        if name.kinds != KINDS or not found.population:
            return found
        if self.gazetteer.lies_in(found, name.hints):
            return found
        return found if self._likely(name, found, found.country in about) else None

    def _likely(self, name: Name, found: GazetteerPlace, about: bool) -> bool:
        """Whether the words before the name, its size and the countries spoken of speak for a
        town or province. ``about``: its country is spoken of. A bare word that is also a
        person's name needs the most.
        """
        finder = self.finder
        token = finder.tokens[name.first]
        widely = found.population >= WIDELY_KNOWN
        if name.last - name.first == 1:
            if token.key in finder.surnames:
                return False
            if token.text.isupper() and len(token.text) > 1 and not finder.shouted:
                known = found.population >= KNOWN_TOWN and len(token.text) > 3
                return known and self.gazetteer.is_main(found, name.text)
            if token.key in finder.words.common:
                words = finder.lists["before_place" if widely else "locative"]
                return finder.follows(name.first, words) or (widely and found.kind == "capital")
        elif token.key in finder.lists["given"] and not widely:
            return finder.follows(name.first, finder.lists["locative"])
        main = self.gazetteer.is_main(found, name.text)
        near = finder.follows(name.first, finder.lists["locative"])
        loose = near or finder.follows(name.first, finder.lists["before_place"])
        if (main and found.population >= KNOWN_TOWN) or (about and loose):
            return True
        if token.first:
            return about and main
        whole = main or name.last - name.first > 1
        ours = self.gazetteer.has_own(name.text)
        return near or ours or (about and whole) or (loose and found.population >= SMALL)

    def _plain(self, name: Name, found: GazetteerPlace) -> bool:
        """Whether the place stands for its country: no namesake abroad is near its size."""
        if found.kind in ("region", *WATERS):
            return False
        others = [
            p.population
            for p in self.gazetteer.lookup(name.text)
            if p.country != found.country and p.kind != "admin1"
        ]
        return found.population >= 20 * max(others, default=0) and (
            found.population >= KNOWN_TOWN or not others
        )
