"""Actor and agent dictionaries in the form of TABARI and PETRARCH (docs/actors.md).

An entry is a name with its codes in brackets, ``NICOLAS_MADURO_ [VENGOV >130305] [VENOPP]``;
synonyms follow on lines that begin with ``+``, more codes on lines that begin with a bracket.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

from crisiswire.knowledge.actor_files import ActorFile, Fault
from crisiswire.knowledge.actor_tables import country_names, slug
from crisiswire.knowledge.cameo_actors import ActorCode, actor_code
from crisiswire.knowledge.known import COUNTRY_KINDS, EARLIEST, LATEST, Known, Role, Term

_CODED = re.compile(r"(?:\[[^\]]*\]|\{[^}]*\}|[^#;])*")  # what stands before a comment
_XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE = re.compile(r"\r\n|\r|\n")
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_BRACES = re.compile(r"\{([^}]*)\}")
_SET = re.compile(r"!([^!\s]+)!\s*=(.*)")
_SET_IN_NAME = re.compile(r"!([^!\s]+)!")
_CODE = re.compile(r"([^\s<>\d]+)\s*(.*)")
_BOUND = re.compile(r"([<>])\s*(\d+)")
_INTERVAL = re.compile(r"(\d+)\s*-\s*(\d+)")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]{1,2}(?![^\W\d_]))?")
_END, _NOBODY, _DISCARD = "---STOP---", "---", "###"
_SMALL = frozenset("a al and at bin da de del den der di el et for ibn in la las los of on the to"
                   " van von y".split())  # fmt: skip
_HELD = frozenset({"institution", "movement", "name"})  # kinds of code that a person's time has
_CENTURY = 30  # a two-digit year above lies in the 1900s, as PETRARCH has it
_ACRONYM = 3  # capitals of a name so short are taken to be an acronym's
_MOST_FORMS = 1000  # of one name with substitution sets


@dataclass(slots=True)
class _Entry:
    """A name with its synonyms and codes, each with its line, as they stand in the file."""

    line: int
    forms: list[tuple[int, str]]
    codes: list[tuple[int, str]] = field(default_factory=list)
    plurals: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A code with the days on which it holds."""

    code: ActorCode
    first: dt.date
    last: dt.date
    line: int

    @property
    def always(self) -> bool:
        return (self.first, self.last) == (EARLIEST, LATEST)


def read_tabari(text: str, name: str) -> ActorFile:
    """Actors and agents of a dictionary; ``name`` is the file's, for messages and sources.

    A line that makes no sense is a fault of the result, and the rest is read.
    """
    return _Reader(name).read(text)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.out = ActorFile(name)
        self.sets: dict[str, list[str]] = {}
        self.entities: dict[str, Known] = {}

    def read(self, text: str) -> ActorFile:
        for entry in list(self._entries(text)):  # a set may stand below the names that use it
            self._take(entry)
        self.out.faults.sort(key=lambda fault: fault.line)
        return self.out

    def _fault(self, line: int, reason: str) -> None:
        self.out.faults.append(Fault(self.name, line, reason))

    # -- lines ------------------------------------------------------------------------------

    def _entries(self, text: str) -> Iterator[_Entry]:
        current: _Entry | None = None
        for number, line in _lines(text):
            if line == _END:
                break
            found = _SET.fullmatch(line)
            if found is not None:
                self._define(number, found[1], found[2])
                continue
            words, codes, plurals = _parts(line)
            if re.search(r"[\[\]{}]", words):
                self._fault(number, "a bracket or brace is not closed")
                continue
            own = [(number, code) for code in codes]
            if not words:
                if current is None:
                    self._fault(number, "codes without a name above them")
                else:
                    current.codes += own
            elif words.startswith("+"):
                if own:  # some files give a synonym a code of its own
                    yield _Entry(number, [(number, words[1:])], own, plurals)
                elif current is None:
                    self._fault(number, "a synonym without a name above it")
                else:
                    current.forms.append((number, words[1:]))
                    current.plurals += plurals
            else:
                if current is not None:
                    yield current
                current = _Entry(number, [(number, words)], own, plurals)
        if current is not None:
            yield current

    def _define(self, line: int, name: str, forms: str) -> None:
        listed = [f.strip() for f in forms.split(",") if f.strip()]
        if listed:
            self.sets[name.upper()] = listed
        else:
            self._fault(line, f"the set !{name}! has no forms")

    # -- entries ----------------------------------------------------------------------------

    def _take(self, entry: _Entry) -> None:
        if not entry.codes:
            self._fault(entry.line, f"{entry.forms[0][1]!r} has no code in brackets")
            return
        forms = list(self._forms(entry))
        dated: list[_Dated] = []
        for line, code in entry.codes:
            try:
                if code.strip() == _NOBODY:
                    self.out.not_names += [_spaced(form) for form in forms]
                elif "~" in code:
                    self._agent(line, code, [*forms, *entry.plurals])
                else:
                    dated.append(_dated(line, code))
            except ValueError as error:
                self._fault(line, str(error))
        if dated and forms:
            self._actor(forms, dated)

    def _forms(self, entry: _Entry) -> Iterator[str]:
        """Every name of the entry, its substitution sets written out."""
        for line, pattern in entry.forms:
            unknown = [s for s in _SET_IN_NAME.findall(pattern) if s.upper() not in self.sets]
            if unknown:
                self._fault(line, f"the set !{unknown[0]}! is not defined in this file")
                continue
            pieces = _SET_IN_NAME.split(pattern)
            choices = [self.sets[p.upper()] if i % 2 else [p] for i, p in enumerate(pieces)]
            if prod(len(c) for c in choices) > _MOST_FORMS:
                self._fault(line, f"its sets make more than {_MOST_FORMS} names")
                continue
            made = ["".join(chosen) for chosen in product(*choices)]
            if not any(c.isalnum() for c in _spaced(made[0])):
                self._fault(line, f"{pattern!r} is not a name")
                continue
            yield from made

    def _agent(self, line: int, code: str, forms: list[str]) -> None:
        bare = code.replace("~", "").strip()
        meaning = actor_code(bare)
        where = f"{self.name}:{line}"
        for form in forms:
            term = _spaced(form).lower()
            if term:
                self.out.roles.append(Role(term, meaning.sectors, meaning.country, where))

    def _actor(self, forms: list[str], dated: list[_Dated]) -> None:
        kind = _kind(dated)
        country = dated[0].code.country or ""
        names = list(dict.fromkeys(_written(form, kind) for form in forms))
        key = slug(names[0]) if kind == "person" else slug(country, names[0])
        shown = names[0]
        if kind in COUNTRY_KINDS:
            key, shown = country.lower(), country_names()[country]
        known = self.entities.setdefault(f"{key}|{names[0]}", Known(key, shown, kind))
        # The first code that holds counts, and one with dates before one without; the entity
        # takes its last term that holds.
        ranked = sorted(dated, key=lambda d: d.always)
        known.terms[:0] = [self._term(d) for d in reversed(ranked)]
        self.out.names += [(name, known) for name in names]

    def _term(self, dated: _Dated) -> Term:
        code, where = dated.code, f"{self.name}:{dated.line}"
        return Term(code.country, code.sectors, "", dated.first, dated.last, "", where)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(line number, what it says), without comments and blank lines."""
    clean = _XML_COMMENT.sub(lambda found: "\n" * len(_LINE.findall(found[0])), text)
    for number, line in enumerate(_LINE.split(clean), 1):
        found = _CODED.match(line)
        said = found[0].strip() if found is not None else ""
        if said:
            yield number, said


def _parts(line: str) -> tuple[str, list[str], list[str]]:
    """The words of a line, its codes, and the plurals in braces."""
    codes = _BRACKETS.findall(line)
    rest = _BRACKETS.sub(" ", line)
    plurals = [p.strip() for group in _BRACES.findall(rest) for p in group.split(",") if p.strip()]
    return _BRACES.sub(" ", rest).strip(), codes, plurals


def _dated(line: int, text: str) -> _Dated:
    """A code with its dates. Raises ValueError that says what is wrong."""
    if text.strip().startswith(_DISCARD):
        raise ValueError(f"[{_DISCARD}] discards a whole story, which crisiswire never does")
    if "/" in text:
        raise ValueError(f"[{text}] holds two actors; give each an entry of its own")
    found = _CODE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"[{text}] does not begin with a code")
    first, last = _days(found[2])
    if first > last:
        raise ValueError(f"[{text}] ends before it begins")
    return _Dated(actor_code(found[1]), first, last, line)


def _days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of ``<130305``, ``>130305`` or ``130305-190110``; all days for nothing."""
    if not text:
        return EARLIEST, LATEST
    bound, interval = _BOUND.fullmatch(text), _INTERVAL.fullmatch(text)
    try:
        if bound is not None:
            first, last = _period(bound[2])
            day = dt.timedelta(days=1)
            return (EARLIEST, first - day) if bound[1] == "<" else (last + day, LATEST)
        if interval is not None:
            return _period(interval[1])[0], _period(interval[2])[1]
    except (ValueError, OverflowError) as error:
        raise ValueError(f"date {text!r} is not in the calendar") from error
    raise ValueError(f"date {text!r} is not <YYMMDD, >YYMMDD or YYMMDD-YYMMDD")


def _period(digits: str) -> tuple[dt.date, dt.date]:
    """First and last day of YYMMDD or YYYYMMDD, where 00 stands for any month or day."""
    if len(digits) not in (6, 8):
        raise ValueError(digits)
    year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    if len(digits) == 6:
        year += 1900 if year > _CENTURY else 2000
    if day:
        return (exact := dt.date(year, month, day)), exact
    first, months = dt.date(year, month or 1, 1), 1 if month else 12
    after = dt.date(year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def _kind(dated: list[_Dated]) -> str:
    """What the entry is, by its codes; offices that begin and end are a person's."""
    kinds = [d.code.kind for d in dated]
    held = {"institution", "movement"}.intersection(kinds) and not all(d.always for d in dated)
    if "person" in kinds or (held and _HELD.issuperset(kinds)):
        return "person"
    return next((k for k in kinds if k not in COUNTRY_KINDS), kinds[0])


def _spaced(form: str) -> str:
    return " ".join(form.replace("_", " ").split())


def _written(form: str, kind: str) -> str:
    """A name as papers write it, where the dictionary has capitals only."""
    name = _spaced(form)
    if not name.isupper() or (len(name) <= _ACRONYM and kind != "person"):
        return name
    words: list[str] = []
    for word in name.split():
        small = word.lower() in _SMALL and words
        words.append(word.lower() if small else _LETTERS.sub(lambda m: m[0].capitalize(), word))
    return " ".join(words)
