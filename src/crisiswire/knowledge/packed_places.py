"""The packed gazetteer file: its rows, its keys and how it is read.

Keys are sorted and searched by bisection; a row is built only when asked for, so loading takes
a fraction of a second. scripts/bake_places.py writes the file in the form of packing.py.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.packing import unpack

MAGIC = b"crisiswire gazetteer 1\n"
WATERS = ("sea", "strait", "river", "lake", "canal")
SITES = ("camp", "base", "airport", "port", "crossing", "pass", "dam", "site")
KINDS = ("city", "capital", "admin1", "country", "region", *WATERS, *SITES)
# Sections of the packed file: name → array type code ("" is text).
SECTIONS = {
    "keys": "",
    "keys_at": "I",
    "rows_at": "I",
    "rows": "I",
    "names": "",
    "names_at": "I",
    "latitude": "i",
    "longitude": "i",
    "population": "I",
    "geonames_id": "I",
    "country": "H",
    "admin1": "H",
    "kind": "B",
}
_SPELLINGS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_DROPPED = str.maketrans({**dict.fromkeys("'.,ʻʼʿʾ\"", None), "-": " "})


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place. ``country`` is alpha-3 or None (several or none), degrees are WGS 84,
    ``population`` is 0 and ``geonames_id`` mostly None for our own rows."""

    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    geonames_id: int | None
    kind: str


@lru_cache(maxsize=65_536)
def place_key(name: str) -> str:
    """The form names are compared in: no case, accents, points, apostrophes or hyphens, and
    St, Mt, Ft written out."""
    words = fold(name).translate(_DROPPED).split()
    return " ".join(_SPELLINGS.get(word, word) for word in words)


class PackedPlaces:
    """The baked file: sorted keys, rows in columns. Row numbers count from 0."""

    def __init__(self, path: Path) -> None:
        header, self._sections = read_packed(path)
        self.countries: list[str] = header["countries"]
        self.admin1: list[str] = header["admin1"]
        self._keys: bytes = self._sections["keys"]
        self._keys_at: array[int] = self._sections["keys_at"]

    def __len__(self) -> int:
        return len(self._keys_at) - 1

    def _key(self, number: int) -> bytes:
        return self._keys[self._keys_at[number] : self._keys_at[number + 1]]

    def rows(self, key: str) -> Sequence[int]:
        """Row numbers of all places with this key, most populous first."""
        wanted = key.encode()
        number = bisect_left(range(len(self)), wanted, key=self._key)
        if number == len(self) or self._key(number) != wanted:
            return ()
        at = self._sections["rows_at"]
        found: Sequence[int] = self._sections["rows"][at[number] : at[number + 1]]
        return found

    def place(self, row: int) -> GazetteerPlace:
        """The place of a row."""
        s = self._sections
        at = s["names_at"]
        return GazetteerPlace(
            s["names"][at[row] : at[row + 1]].decode(),
            self.countries[s["country"][row]],
            self.admin1[s["admin1"][row]] or None,
            s["latitude"][row] / 1e5,
            s["longitude"][row] / 1e5,
            s["population"][row],
            s["geonames_id"][row] or None,
            KINDS[s["kind"][row]],
        )


def read_packed(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(header, columns) of a baked file. Raises DataError when it is damaged."""
    return unpack(path, MAGIC, SECTIONS, "reinstall crisiswire or run scripts/bake_places.py")
