"""Names of bodies that show by a word of theirs what they are: "X Corp", "University of Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, ontology, read_csv
from crisiswire.knowledge.names import country_names

FORM_COLUMNS = ("form", "sectors", "country", "place", "note")
PLACES = ("first", "last", "any")
_LONGEST = 3  # words of a form
LINKS = frozenset("de del della di do da du des of for the d' al".split())


@dataclass(frozen=True, slots=True)
class NameForm:
    """A word or two that show the sectors of a body where they begin its name, end it (``last``)
    or stand anywhere in it; ``country`` where only bodies of one are so called."""

    words: tuple[str, ...]
    sectors: tuple[str, ...]
    country: str | None
    place: str
    source: str


class NameForms:
    """The forms of name_forms.csv."""

    def __init__(self, forms: Sequence[NameForm]) -> None:
        self._forms = {(form.place, form.words): form for form in forms}

    def of(self, name: Sequence[str]) -> NameForm | None:
        """The form of a name given as its words, or None. The end of a name says most, then its
        beginning; longer forms say more than shorter ones."""
        words = _plain(name)
        if len(words) < 2:
            return None
        for size in range(min(_LONGEST, len(words) - 1), 0, -1):
            found = self._forms.get(("last", words[-size:]))
            if found is not None:
                return found
        for size in range(min(_LONGEST, len(words) - 1), 0, -1):
            found = self._forms.get(("first", words[:size]))
            if found is not None and any(w not in LINKS for w in words[size:]):
                return found
        for size in range(min(_LONGEST, len(words) - 1), 0, -1):
            for i in range(len(words) - size, -1, -1):
                found = self._forms.get(("any", words[i : i + size]))
                if found is not None:
                    return found
        return None


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(re.sub(r"[.,'’\"]", "", w.lower()) for w in words)


def read_name_forms(path: Path) -> NameForms:
    """The forms of a table. Raises DataError naming a bad line."""
    forms: dict[tuple[str, tuple[str, ...]], NameForm] = {}
    for line, row in read_csv(path, FORM_COLUMNS):
        where = f"{path.name}:{line}"
        sectors = tuple(s for s in row["sectors"].split("|") if s)
        words = _plain(row["form"].split())
        if not sectors or set(sectors) - set(ontology()["sectors"]):
            raise DataError(f"{where}: {row['sectors']!r} are not PLOVER sectors")
        if row["country"] and row["country"] not in country_names():
            raise DataError(f"{where}: country {row['country']!r} is not an alpha-3 code")
        if row["place"] not in PLACES:
            raise DataError(f"{where}: place must be {', '.join(PLACES)}")
        if not 0 < len(words) <= _LONGEST or row["form"] != row["form"].lower():
            raise DataError(f"{where}: write a form as one to {_LONGEST} words in lower case")
        if (row["place"], words) in forms:
            raise DataError(f"{where}: {row['form']!r} is there twice")
        forms[row["place"], words] = NameForm(
            words, sectors, row["country"] or None, row["place"], where
        )
    return NameForms(list(forms.values()))


@cache
def name_forms() -> NameForms:
    """The shipped forms, loaded once."""
    return read_name_forms(DATA / "lexicon" / "name_forms.csv")
