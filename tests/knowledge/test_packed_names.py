"""The baked name index: the same as the tables, refused where it is not theirs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge import names
from crisiswire.knowledge.files import DATA
from crisiswire.knowledge.names import NameIndex, load_index, name_index, packed_index
from crisiswire.knowledge.packed_names import tables_digest

TEXT = """WASHINGTON - U.S. Secretary of State Condoleezza Rice met Russia's president, Vladimir
Putin, and NATO's chief. Hezbollah fighters, the Sino-Russian talks, rebels and the Kremlin's
spokesmen: Time said so. The Islamic Republic denied it, as did the Gulf of Oman states."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tables small enough to bake in a moment."""
    target = tmp_path_factory.mktemp("data")
    for part in ("lexicon", "ontology"):
        shutil.copytree(DATA / part, target / part)
    (target / "actors").mkdir()
    for file in ("countries.csv", "countries_extra.csv", "armed_groups.csv", "companies.csv"):
        shutil.copy(DATA / "actors" / file, target / "actors" / file)
    return target


@pytest.fixture(scope="module")
def baked(folder: Path) -> Path:
    path = folder / "names.bin"
    path.write_bytes(load_index(folder).packed(tables_digest(folder)))
    return path


def described(index: NameIndex, text: str = TEXT) -> list[tuple[object, ...]]:
    return [
        (h.start, h.end, h.text, h.role, [(k.id, k.name, k.kind, k.terms) for k in h.known])
        for h in index.find(text)
    ]


def test_it_says_the_same_as_the_tables(baked: Path, folder: Path) -> None:
    tables, packed = load_index(folder), packed_index(baked, folder)
    assert packed.size == tables.size
    assert packed.modifiers == tables.modifiers
    assert described(packed) == described(tables)
    assert len(described(packed)) > 10


def test_every_entry_is_the_same(baked: Path, folder: Path) -> None:
    (tables,), (packed,) = load_index(folder).layers, packed_index(baked, folder).layers
    assert packed.shapes == tables.shapes
    assert list(packed.numbers) == list(tables.numbers)
    for number in tables.numbers.values():
        one, other = tables.entry(number), packed.entry(number)
        assert one.role == other.role
        assert [(n.written, n.need, n.known.id, n.known.terms) for n in one.namings] == [
            (n.written, n.need, n.known.id, n.known.terms) for n in other.namings
        ]


def test_one_entity_stays_one(baked: Path, folder: Path) -> None:
    hits = packed_index(baked, folder).find("Hezbollah and Hizbollah and Hezbollah")
    assert len({id(hit.known[0]) for hit in hits}) == 1


def test_it_can_be_extended(baked: Path, folder: Path) -> None:
    own = NameIndex([], [], [])
    assert described(packed_index(baked, folder).extended(own)) == described(load_index(folder))


@pytest.mark.parametrize(
    "table",
    [
        "actors/companies.csv",
        "actors/countries_extra.csv",
        "lexicon/roles.csv",
        "lexicon/modifiers.csv",
        "lexicon/not_names.yaml",
        "lexicon/word_names.yaml",
        "ontology/plover.yaml",
    ],
)
def test_a_changed_table_refuses_it(baked: Path, folder: Path, tmp_path: Path, table: str) -> None:
    shutil.copytree(folder, tmp_path / "data")
    with (tmp_path / "data" / table).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    with pytest.raises(DataError, match=r"other tables; run scripts/bake_index\.py"):
        packed_index(baked, tmp_path / "data")


def test_a_further_table_refuses_it(baked: Path, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "data")
    shutil.copy(DATA / "actors" / "ngos.csv", tmp_path / "data" / "actors" / "ngos.csv")
    with pytest.raises(DataError, match="other tables"):
        packed_index(baked, tmp_path / "data")


@pytest.mark.parametrize("at", [3, 30, 60, 5_000, -4])
def test_a_damaged_file_is_refused(baked: Path, folder: Path, tmp_path: Path, at: int) -> None:
    content = bytearray(baked.read_bytes())
    content[at] ^= 1
    path = tmp_path / "names.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"names\.bin"):
        packed_index(path, folder)


@pytest.mark.parametrize("content", [b"", b"crisiswire names 0\n", b"crisiswire names 1\n"])
def test_a_cut_or_foreign_file_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "names.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"names\.bin"):
        packed_index(path, folder)


@pytest.fixture
def fresh() -> Iterator[None]:
    name_index.cache_clear()
    yield
    name_index.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_without_it_the_tables_are_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def missing() -> NameIndex:
        raise DataError("names.bin: cannot be read")

    monkeypatch.setattr(names, "packed_index", missing)
    monkeypatch.setattr(names, "load_index", lambda: load_index(folder))
    assert described(name_index()) == described(load_index(folder))
