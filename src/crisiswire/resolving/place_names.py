"""Names in a plain text that may be places: capitalised words that the gazetteer knows.

Longest first; passed over where they belong to a person (a title or given name before them), to
an organisation or document (New York Times, Paris Agreement) or to a people (the Lebanese).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crisiswire.knowledge.files import DATA
from crisiswire.knowledge.gazetteer import Gazetteer
from crisiswire.knowledge.names import country_names, read_countries
from crisiswire.knowledge.packed_places import KINDS, place_key

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|Adm|Prof|St|Ste|Mt|Ft)\.(?=\s[A-Z])"
    r"|[^\W\d_]+(?:['’‘`ʿʻ][^\W\d_]+)*|\d+|[^\w\s‐‑-]"
)
_POSSESSIVE = re.compile(r"['’]s$")
_ENDS = frozenset('.!?:;"“”‘([—–•…')
_OWNER = ("'s ", "’s ")  # Cox's Bazar
_LONGEST = 6  # words of a name
_SORTS = frozenset(
    """area capital city coastal district hamlet island neighborhood neighbourhood port suburb
    town village""".split()
)
_BEFORE_REGION = frozenset(
    """the eastern western northern southern central state province of north south east west
    northeastern northwestern southeastern southwestern""".split()
)
KNOWN_TOWN = 100_000  # inhabitants from which a town needs little support by its surroundings
WIDELY_KNOWN = 500_000


@dataclass(frozen=True, slots=True)
class Token:
    text: str  # without 's
    start: int
    end: int
    key: str
    first: bool  # first word of a sentence, headline or quotation

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``first`` to ``last`` (exclusive) that the gazetteer knows."""

    first: int
    last: int
    text: str
    start: int
    end: int
    hints: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def demonyms() -> dict[str, str]:
    """Folded demonym (lebanese, danes) → alpha-3 code."""
    out: dict[str, str] = {}
    for file in ("countries.csv", "countries_extra.csv"):
        for name, country, kind, _ in read_countries(DATA / "actors" / file):
            if kind == "demonym":
                out.setdefault(place_key(name), country)
    return out


@cache
def capitals() -> dict[str, tuple[str, ...]]:
    """Alpha-3 code → names of the country's capital."""
    out: dict[str, tuple[str, ...]] = {}
    for file in ("countries.csv", "countries_extra.csv"):
        for name, country, kind, _ in read_countries(DATA / "actors" / file):
            if kind == "capital":
                out[country] = (*out.get(country, ()), name)
    return out


def _tokens(text: str) -> list[Token]:
    out: list[Token] = []
    opening = True
    edge = 0
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        opening = opening or "\n" in text[edge : match.start()]
        out.append(Token(word, match.start(), match.start() + len(word), place_key(word), opening))
        edge = match.end()
        opening = match[0] in _ENDS or (opening and match[0] in "'’")
    return out


class NameFinder:
    """One text: its tokens, the words it writes small, the persons it names."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer, self.words = text, gazetteer, gazetteer.words
        self.lists = gazetteer.words.lists
        self.tokens = _tokens(text)
        self.small = {t.text for t in self.tokens if t.text.islower()}
        letters = [t for t in self.tokens if t.text[0].isalpha()]
        self.shouted = sum(t.text.isupper() for t in letters) * 2 > len(letters)
        self.surnames = frozenset(self._surnames())

    def demonym(self, token: Token) -> str | None:
        """Code of the country whose people or things the word names."""
        return demonyms().get(token.key) if token.capital else None

    def names(self) -> Iterator[Name]:
        """Names of the text that may be places, left to right, none overlapping."""
        at = 0
        while at < len(self.tokens):
            last = self._longest(at)
            if last is None:
                at += 1
            elif self._refused(at, last):
                part = self._organisation(last) or self._named_after(last)
                at = self._run_end(last) if part else last
            else:
                yield self._name(at, last)
                at = last

    def _longest(self, at: int) -> int | None:
        """End of the longest known name that begins at token ``at``, or None."""
        first = self.tokens[at]
        article = first.key in self.lists["articles"] and self._joined(at) and self._gap(at) == "-"
        if not first.capital and not article:
            return None
        ends: list[tuple[int, bool]] = []
        ours = False  # only our own table has names with small words in them
        for last in range(at + 1, min(at + _LONGEST, len(self.tokens)) + 1):
            token = self.tokens[last - 1]
            if last > at + 1 and not self._joined(last - 2) and self._gap(last - 2) not in _OWNER:
                break
            ours = ours or not (token.capital or token.key in self.lists["links"])
            ends.append((last, ours or not token.capital))
        for last, ours in reversed(ends):
            text = self.text_of(at, last)
            if self.gazetteer.has_own(text) or (not ours and self.gazetteer.has(text)):
                return last
        return None

    def _refused(self, at: int, last: int) -> bool:
        """Whether the words around make the name something else than a place."""
        token = self.tokens[at]
        single = last - at == 1
        if single and (self._people(at) or self._word(at) or self._month(at)):
            return True
        if self._organisation(last) or self._of_organisation(at):
            return True
        if not single and token.key in self.lists["organisations"]:
            return self.tokens[at + 1].text == "of"
        country = self.gazetteer.is_country(self.text_of(at, last))
        before = self._before(at)
        if before is not None and before.key in self.lists["titles"]:
            return not (country or (not before.capital and self._known_place(token)))
        person = token.key in self.lists["given"] or token.key in self.lists["family"]
        if country:
            given = before is not None and before.key in self.lists["given"]
            return single and person and (self._named_after(last) or given)
        if before is not None and before.capital and self._joined(at - 1):
            if before.key in self.lists["given"] and not self._known_place(before):
                return True
            if not self._neutral(before):
                return True
        return single and self._named_after(last)

    def _named_after(self, last: int) -> bool:
        """Whether a capitalised word follows that makes the name part of a longer one."""
        after = self._after(last)
        if after is None or not after.capital or not self._joined(last - 1):
            return False
        lists = self.lists
        if after.key in demonyms() or after.key in lists["titles"] or after.key in lists["english"]:
            return False
        if after.key in lists["areas"] or after.text.isupper() or self._gap(last - 1) == "-":
            return False
        previous = self.tokens[last - 1]
        if self.gazetteer.has(after.text) and previous.key not in lists["given"]:
            return False
        return after.key not in lists["given"] or previous.key in lists["given"]

    def _organisation(self, last: int) -> bool:
        """Whether the name opens an organisation's or document's: Paris Agreement."""
        end = self._run_end(last)
        return any(self.tokens[n].key in self.lists["organisations"] for n in range(last, end)) or (
            end == last and self._small_title(last)
        )

    def _small_title(self, last: int) -> bool:
        after = self._after(last)
        return after is not None and after.text in ("agreement", "accord", "accords", "protocol")

    def _of_organisation(self, at: int) -> bool:
        """Whether "University of" or the like stands before the name."""
        n = at - 1
        if n >= 0 and self.tokens[n].text == "the":
            n -= 1
        if n < 1 or self.tokens[n].text != "of":
            return False
        head = self.tokens[n - 1]
        return head.capital and head.key in self.lists["organisations"]

    def _neutral(self, before: Token) -> bool:
        """Whether a capitalised word before a name leaves the name a place."""
        lists = self.lists
        return (
            before.key in lists["before_place"]
            or before.key in lists["directions"]
            or before.key in lists["english"]
            or before.key in demonyms()
            or self._known_place(before)
            or (before.text.isupper() and not self.shouted)
        )

    def _known_place(self, token: Token) -> bool:
        found = self.gazetteer.best(token.text)
        return found is not None and (found.kind == "country" or found.population > WIDELY_KNOWN)

    def _people(self, at: int) -> bool:
        """Whether the word names a people, not the region named after it (in Rakhine)."""
        token = self.tokens[at]
        place = self.gazetteer.has_own(token.text) and self.follows(at, self.lists["locative"])
        return token.key in demonyms() and not place

    def _word(self, at: int) -> bool:
        """Whether a single word is rather a common word."""
        token = self.tokens[at]
        if self.gazetteer.is_country(token.text):
            return False
        if token.key in self.lists["english"] or len(token.key) < 2:
            hints = self._hints(at, at + 1)
            found = self.gazetteer.best(token.text, hints=hints)
            large = found is not None and (found.population >= KNOWN_TOWN or bool(hints))
            return not (large and len(token.key) > 1 and self.follows(at, self.lists["locative"]))
        return token.first and token.text.lower() in self.small

    def _month(self, at: int) -> bool:
        """Whether a number follows or leads, as with a month or a ship's hull."""
        after = self._after(at + 1)
        return (
            after is not None and after.text.isdigit() and self.tokens[at].key in self.words.common
        )

    def _surnames(self) -> Iterator[str]:
        """Keys of words that follow a title or a given name somewhere in the text."""
        for at, token in enumerate(self.tokens[1:], 1):
            before = self.tokens[at - 1]
            if token.capital and self._joined(at - 1):
                given = before.capital and before.key in self.lists["given"]
                if given or (before.key in self.lists["titles"] and before.capital):
                    yield token.key
                    end = self._run_end(at + 1)
                    yield from (self.tokens[n].key for n in range(at + 1, end))

    def _name(self, at: int, last: int) -> Name:
        start, end = self.tokens[at].start, self.tokens[last - 1].end
        after = self._after(last)
        kinds: tuple[str, ...] = KINDS
        before = self.tokens[at - 2].key if at > 1 and self.tokens[at - 1].text == "of" else ""
        follows = after is not None and after.key in self.lists["areas"] and self._joined(last - 1)
        if follows or before in self.lists["areas"]:
            text = self.text_of(at, last)
            if any(p.kind in ("admin1", "region") for p in self.gazetteer.lookup(text)):
                kinds = ("admin1", "region")
        elif self._within_town(at, last):
            kinds = ("admin1", "region")
        return Name(at, last, self.text_of(at, last), start, end, self._hints(at, last), kinds)

    def _within_town(self, at: int, last: int) -> bool:
        """Whether the name is the state after a town: the Georgia of "Atlanta, Georgia"."""
        if at < 2 or self.tokens[at - 1].text != ",":
            return False
        key = place_key(self.text_of(at, last))
        towns = self.gazetteer.lookup(self.tokens[at - 2].text)
        return any(
            p.kind == "city" and p.admin1 is not None and place_key(p.admin1) == key
            for p in towns[:20]
        )

    def _hints(self, at: int, last: int) -> tuple[str, ...]:
        """Words beside the name that say where it lies."""
        return (*self._hints_after(last), *self._hints_before(at))

    def _hints_before(self, at: int) -> tuple[str, ...]:
        """The owner before a name: "Syria's Idlib", "the Lebanese city of Tripoli"."""
        n = at - 1
        while n >= 0 and (self.tokens[n].text in ("of", "the") or self._sort_of_place(n)):
            n -= 1
        if n < 0 or not self.tokens[n].capital:
            return ()
        token = self.tokens[n]
        country = self.demonym(token)
        if country is not None:
            return (country_names()[country],) if country in country_names() else ()
        if self._gap(n) not in _OWNER:
            return ()
        first = n
        while first > 0 and self.tokens[first - 1].capital and self._joined(first - 1):
            first -= 1
        return (self.text_of(first, n + 1),)

    def _sort_of_place(self, n: int) -> bool:
        token = self.tokens[n]
        if token.capital:
            return False
        return token.key in _SORTS or token.key in self.lists["directions"] | self.lists["areas"]

    def _hints_after(self, last: int) -> tuple[str, ...]:
        """Words after the name that say where it lies: ", Texas", "in northern Syria"."""
        at = last
        comma = at < len(self.tokens) and self.tokens[at].text in (",", "(")
        if comma:
            at += 1
            at = self._past_apposition(at)
        if at < len(self.tokens) and self.tokens[at].text in ("in", "of"):
            at += 1
        elif not comma:
            return ()
        while (
            at < len(self.tokens)
            and self.tokens[at].text in _BEFORE_REGION
            and not self.tokens[at].capital
        ):
            at += 1
        if at >= len(self.tokens) or not self.tokens[at].capital:
            return ()
        end = self._longest(at) or at + 1
        if comma and end < len(self.tokens) and self.tokens[end].text in ("and", "or"):
            return ()  # one of a list of places
        short = self.tokens[at].text + "."
        if end == at + 1 and place_key(short) in self.words.abbreviations:
            return (short,)
        return (self.text_of(at, end),)

    def _past_apposition(self, at: int) -> int:
        """Past "a town" and the like in "Palma, a small town in Mozambique"."""
        n = at
        if n < len(self.tokens) and self.tokens[n].text in ("a", "an", "the"):
            n += 1
            while n < min(at + 5, len(self.tokens)) and self.tokens[n].text.islower():
                if self.tokens[n].key in _SORTS:
                    return n + 1
                n += 1
        return at

    def follows(self, at: int, words: frozenset[str]) -> bool:
        """Whether one of these words, with or without "the", stands before token ``at``."""
        n = at - 1
        while n >= 0 and (
            self.tokens[n].text == "the" or self.tokens[n].key in self.lists["directions"]
        ):
            n -= 1
        return n >= 0 and self.tokens[n].text.lower() in words

    def _run_end(self, at: int) -> int:
        """First token from ``at`` on that no longer belongs to a run of capitalised words."""
        while at < len(self.tokens) and self.tokens[at].capital and self._joined(at - 1):
            at += 1
        return at

    def _before(self, at: int) -> Token | None:
        return self.tokens[at - 1] if at else None

    def _after(self, last: int) -> Token | None:
        return self.tokens[last] if last < len(self.tokens) else None

    def _gap(self, at: int) -> str:
        return self.text[self.tokens[at].end : self.tokens[at + 1].start]

    def _joined(self, at: int) -> bool:
        """Whether only a blank or a hyphen parts token ``at`` from the next."""
        return 0 <= at < len(self.tokens) - 1 and self._gap(at) in (" ", "-", "\u00a0", "‑")

    def text_of(self, at: int, last: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[last - 1].end]
