"""Bake knowledge/data/actors/countries.csv from the packages rigour and countryinfo.

    python scripts/bake_countries.py

Countries' English names (rigour, countryinfo), demonyms with their regular plurals and
capitals (countryinfo), one row for each name and country. The file is shipped, so the
packages are needed only to make it again. Whatever they lack or get wrong (short forms,
irregular demonyms, metonyms, former capitals) stands in countries_extra.csv.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crisiswire.knowledge.files import DATA, ontology, read_yaml

COLUMNS = ("name", "country", "kind", "from", "to", "note")
TARGET = DATA / "actors" / "countries.csv"

# States that are gone: rigour's alpha-3 code, the successor they are coded as, and their span.
HISTORICAL = {
    "ANT": ("NLD", "1954-12-15", "2010-10-10"),
    "BYS": ("BLR", "1920-07-31", "1991-08-25"),
    "CSK": ("CZE", "1918-10-28", "1992-12-31"),
    "DDR": ("DEU", "1949-10-07", "1990-10-03"),
    "SCG": ("SRB", "2003-02-04", "2006-06-05"),
    "SUN": ("RUS", "1922-12-30", "1991-12-26"),
    "YUG": ("SRB", "1918-12-01", "2003-02-04"),
    "ZAR": ("COD", "1971-10-27", "1997-05-17"),
}
# Territories whose people and authorities are coded under the state that claims them.
CLAIMED = frozenset({"ESH"})
# Words that official English names are built of; with the country's own name they make a
# name English. Everything else in rigour's lists is in another language or a misspelling.
OFFICIAL = (
    "the of and republic democratic people's peoples' islamic arab federal federated federation "
    "federative kingdom state states united union commonwealth principality sultanate emirate "
    "grand duchy socialist soviet republics plurinational independent cooperative co-operative "
    "oriental hashemite swiss confederation hellenic dominion former city bolivarian "
    "transitional french portuguese lebanese slovak czech gabonese togolese italian libyan "
    "jamahiriya great popular eastern territory islands island territories"
)
FORMAL_WORDS = frozenset(OFFICIAL.split())
JOINING_WORDS = frozenset({"the", "of", "and"})
# Misspellings and other places that pass for a country's official name.
NOT_NAMES = frozenset(
    {"Arab Saudi", "Eswatini Kingdom", "Jamaica Island", "Russia Federation", "Saudi Arab"}
    | {"Collectivité de Saint-Martin", "Falkland Islands [Malvinas]", "State of Mexico"}
    | {"McDonald islands", "Timor Oriental", "Saint Christopher Island"}
)
# Given names, family names and words that are also capitals or countries: readers ask for
# more evidence before they take these for the government.
AMBIGUOUS = {
    "Brussels": "EUR",
    "Chad": "given name",
    "Georgetown": "university",
    "Georgia": "US state",
    "Jordan": "person name",
    "Kingston": "person name",
    "Malé": "common word",
    "San José": "many places",
    "Santiago": "given name",
    "Sofia": "given name",
    "Victoria": "given name",
    "Wellington": "person name",
}
NOT_DEMONYMS = frozenset({"Vaticanian", "Tadzhik", "Cape Verdian", "Channel Islander"})
NO_PLURAL = re.compile(r"(ese|ch|sh|s|x|z|ic|y)$|^(I-|Ni-|Motswana|Mosotho)")
NOT_CAPITALS = frozenset({("PSE", "Jerusalem"), ("VAT", "Vatican City State")})


class Row(NamedTuple):
    """One line of the table."""

    name: str
    country: str
    kind: str
    start: str = ""
    end: str = ""
    note: str = ""


def fold(text: str) -> str:
    """``text`` in lower case without accents: the key by which names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def bake() -> str:
    """The whole file as text; the same for the same versions of the two packages."""
    listed: dict[str, dict[str, Any]] = read_yaml(DATA / "ontology" / "countries.yaml")
    left_out = {*ontology()["above_states"], *CLAIMED}
    countries = {code: entry for code, entry in listed.items() if code not in left_out}
    rows = [*_names(countries), *_demonyms(countries), *_capitals(countries)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    annotated: list[Row] = sorted(_annotated(_distinct(rows)), key=_order)
    writer.writerows(annotated)
    return stream.getvalue()


def _order(row: Row) -> tuple[str, str, str]:
    return row.country, {"name": "0", "demonym": "1", "capital": "2"}[row.kind], fold(row.name)


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without those that repeat a name of the same country and kind in folded form."""
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (fold(row.name), row.country, row.kind)
        if key not in seen:
            seen.add(key)
            yield row


def _annotated(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with a note "ambiguous: ..." where the name means something else as well."""
    rows = list(rows)
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        owners[fold(row.name)].add(row.country)
    for row in rows:
        others = sorted(owners[fold(row.name)] - {row.country})
        reasons = [AMBIGUOUS[row.name], *others] if row.name in AMBIGUOUS else others
        yield row._replace(note="ambiguous: " + ", ".join(reasons)) if reasons else row


def _names(countries: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """English names: our short one, then rigour's and countryinfo's that are English."""
    known = {code: [str(entry["name"])] for code, entry in countries.items()}
    spans: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for territory in _territories():
        alpha3 = territory["alpha3"].upper()
        code, *span = HISTORICAL.get(alpha3, (alpha3,))
        if code not in known:
            continue
        names = _english(territory)
        known[code] += [name for name in names if name not in known[code]]
        if span:
            spans[code].update(dict.fromkeys(names, (span[0], span[1])))
    for country in _countryinfo(countries):
        name = country.name().removeprefix("The ")
        if "," not in name and "(" not in name:
            known[country.iso(3)].append(name)
    for code, names in known.items():
        for name in names:
            yield Row(name, code, "name", *spans[code].get(name, ("", "")))


def _territories() -> list[dict[str, Any]]:
    """Rigour's territories that have an ISO code, with their lists of names."""
    from rigour._core import territories_jsonl
    from rigour.data import iter_jsonl_text

    rows = [row for row in iter_jsonl_text(territories_jsonl()) if row.get("alpha3")]
    return sorted(rows, key=lambda row: str(row["alpha3"]))


def _english(territory: dict[str, Any]) -> list[str]:
    """The names of a territory that are English: its own two and official long forms."""
    own = [territory["name"], territory["full_name"]]
    own = [
        name.removeprefix("The ").replace(" Of ", " of ")
        for name in own
        if not re.search(r"[(,[]", name) and name not in NOT_NAMES
    ]
    words = {fold(word) for name in own for word in re.split(r"[ -]", name)}
    listed = [*territory["names_strong"], *territory["names_weak"]]
    cleaned = (name.removeprefix("The ").replace(" Of ", " of ") for name in listed)
    long_forms = sorted({name for name in cleaned if _is_formal(name, words)})
    return [*dict.fromkeys(own), *(name for name in long_forms if name not in own)]


def _is_formal(name: str, words: set[str]) -> bool:
    """Whether ``name`` is built of the country's own words and words of official names."""
    if not re.fullmatch(r"[A-Z][\w' .-]+", name) or name.isupper() or name in NOT_NAMES:
        return False
    tokens = [fold(token) for token in re.split(r"[ -]", name)]
    return (
        any(token in FORMAL_WORDS - JOINING_WORDS for token in tokens)
        and any(token in words - FORMAL_WORDS for token in tokens)
        and all(token in words | FORMAL_WORDS for token in tokens)
        and tokens[0] not in JOINING_WORDS | {"former"}
        and tokens[-1] not in JOINING_WORDS
    )


def _countryinfo(countries: dict[str, dict[str, Any]]) -> list[Any]:
    """countryinfo's countries that carry one of our codes."""
    from countryinfo import all_countries

    return [country for country in all_countries() if country.iso().get("alpha3") in countries]


def _demonyms(countries: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Demonyms, singular and regular plural. Where a dependency shares one with a state
    (``French`` for Martinique) the state alone has it."""
    names = {fold(str(entry["name"])) for entry in countries.values()}
    owners: dict[str, set[str]] = defaultdict(set)
    for country in _countryinfo(countries):
        for demonym in _split_demonym(country.demonym() or ""):
            if fold(demonym) not in names and demonym not in NOT_DEMONYMS:
                owners[demonym].add(country.iso(3))
    for demonym, codes in owners.items():
        states = {code for code in codes if countries[code]["un"]}
        for code in states or codes:
            yield Row(demonym, code, "demonym")
            if not NO_PLURAL.search(demonym):
                yield Row(demonym + "s", code, "demonym")


def _split_demonym(text: str) -> list[str]:
    """``Antiguan,Barbudan`` and ``Kittian and Nevisian`` as two; longer lists are no demonyms."""
    parts = re.split(r"[,/]| and ", text)
    whole = [part.strip() for part in parts if part.strip()]
    return whole if len(parts) == 1 or all(" " not in part for part in whole) else []


def _capitals(countries: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Capitals of states; those of dependencies stand for no government of their own."""
    for country in _countryinfo(countries):
        code, capital = country.iso(3), country.capital()
        if not countries[code]["un"] and code not in {"TWN", "PSE", "VAT"}:
            continue
        for name in capital if isinstance(capital, list) else [capital]:
            if name and (code, name) not in NOT_CAPITALS:
                yield Row(name.removeprefix("City of "), code, "capital")


def main(target: Path = TARGET) -> None:
    """Write the table and say how many rows it has."""
    text = bake()
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{target.name}: {text.count(chr(10)) - 1} rows\n")


if __name__ == "__main__":
    main()
