"""Users' actor files: tables, dictionaries of other coders; bad lines, and who wins."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_files import ActorFile
from crisiswire.knowledge.known import Known
from crisiswire.knowledge.names import NameIndex, name_index
from crisiswire.knowledge.user_actors import load_user_actors


def known(file: ActorFile, name: str) -> Known:
    (found,) = {id(k): k for n, k in file.names if n == name}.values()
    return found


def write(folder: Path, text: str | bytes, name: str = "mine.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def over(*texts: str, folder: Path) -> NameIndex:
    """The shipped names with files of these texts over them."""
    paths = [write(folder, text, f"{n}.txt") for n, text in enumerate(texts)]
    return load_user_actors(paths).over(name_index())


TABLE = """# mine
name,aliases,kind,country,sectors,office,from,to,wikidata,note
Ada Voss,Voss|A. Voss,person,DNK,GOV,duchess,2015,2018-06,,
Ada Voss,,person,DNK,OPP,,2018-07,,,"exile, in Norway"

Elbonian Front,EF,armed_group,,REB,,,,,
"""


def test_a_table(tmp_path: Path) -> None:
    (file,) = load_user_actors([write(tmp_path, TABLE)]).files
    assert not file.faults
    ada = known(file, "Voss")
    assert (ada.id, ada.at(dt.date(2019, 5, 20)).sectors) == ("ada-voss", ("OPP",))
    assert ada.at(dt.date(2018, 6, 30)).office == "duchess"
    assert ada.terms[1].source.endswith("mine.txt:4")
    assert {n for n, _ in file.names} == {"Ada Voss", "Voss", "A. Voss", "Elbonian Front", "EF"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_in_any_order_and_some_left_out(tmp_path: Path, delimiter: str) -> None:
    rows = ("Kind,country,Name,sectors", "name,DNK,Elbonia,", "demonym,DNK,Elbonian,")
    path = write(tmp_path, "\ufeff" + "\r\n".join(rows).replace(",", delimiter))
    (file,) = load_user_actors([path]).files
    assert not file.faults
    assert (known(file, "Elbonian").id, known(file, "Elbonian").name) == ("dnk", "Denmark")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,person,DNK,GOV,,,,,", "name '' has no letter"),
        ("A,B|-,person,DNK,GOV,,,,,", "name '-' has no letter"),
        ("A,,thing,DNK,GOV,,,,,", "kind 'thing' is unknown"),
        ("A,,person,DEN,GOV,,,,,", "country 'DEN' is unknown"),
        ("A,,person,DNK,ARMY,,,,,", "'ARMY' is not a PLOVER sector"),
        ("A,,person,,,,,,,", "no country and no sectors; complete it"),
        ("A,,demonym,,GOV,,,,,", "no country and no sectors; complete it"),
        ("A,,person,DNK,GOV,,2019-02-30,,,", "date '2019-02-30'"),
        ("A,,person,DNK,GOV,,2019,2018,,", "from 2019 lies after to 2018"),
        ("A,,person,DNK,GOV,a, b,,,,", "11 fields, not 10; quote fields"),
        ("A,person,DNK", "3 fields, not 10"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, TABLE + line + "\nBo Berg,,person,NOR,GOV,,,,,\n")
    users = load_user_actors([path])
    assert [str(f).split(": ")[0] for f in users.faults] == [f"{path}:7"]
    assert message in str(users.faults[0])
    assert "Bo Berg" in dict(users.files[0].names)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no actor"),
        (b"# nothing\n", "holds no actor"),
        (b"Dear all,\nhere is the list.\n", "holds no actor.*brackets.*first .*:1: "),
        (b"name,kind,country\nA,thing,DNK\n", "holds no actor.*first .*:2: kind 'thing'"),
        (b"name,kind,land\nA,person,DNK\n", "column 'land' is unknown; columns are name,aliases"),
        (b"name,country\nA,DNK\n", "column 'kind' is missing"),
        (b"name,kind,name\nA,person,DNK\n", "a column comes twice"),
        (b"\x00\x01\x02", "is not a text file"),
    ],
)
def test_a_file_with_nothing_usable_is_an_error(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(DataError, match=f"(?s)^{path}: .*{message}"):
        load_user_actors([path])


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=r"cannot be read .*; check the path"):
        load_user_actors([tmp_path / name])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings_of_old_files(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "JOSÉ_VOSS_ [DNKGOV]\n".encode(encoding))
    assert [n for n, _ in load_user_actors([path]).files[0].names] == ["José Voss"]


class TestRank:
    def test_the_users_meaning_of_the_same_words_wins(self, tmp_path: Path) -> None:
        index = over("ANGELA_MERKEL_ [FRAJUD]\nPOLICE [~BUS]\n", folder=tmp_path)
        merkel, police = index.find("Angela Merkel met police.")
        assert [k.at(dt.date(2019, 5, 20)).country for k in merkel.known] == ["FRA"]
        assert police.role is not None
        assert police.role.sectors == ("BUS",)

    def test_a_longer_shipped_name_wins_over_a_shorter_one(self, tmp_path: Path) -> None:
        index = over("MERKEL_ [FRAJUD]\n", folder=tmp_path)
        assert [h.known[0].name for h in index.find("Angela Merkel")] == ["Angela Merkel"]
        assert [h.known[0].name for h in index.find("Merkel said")] == ["Merkel"]

    def test_a_longer_name_of_the_users_wins(self, tmp_path: Path) -> None:
        (hit,) = over("RUSSIA_HOUSE_ [DNKEDU]\n", folder=tmp_path).find("Russia House")
        assert hit.known[0].name == "Russia House"

    def test_later_files_rank_above_earlier_ones(self, tmp_path: Path) -> None:
        index = over("ADA_VOSS [DNKGOV]\n", "ADA_VOSS [NORGOV]\n", folder=tmp_path)
        assert [k.terms[0].country for k in index.find("Ada Voss")[0].known] == ["NOR"]

    def test_words_that_name_nobody(self, tmp_path: Path) -> None:
        index = over("RUSSIA_HOUSE_ [---]\n", folder=tmp_path)
        assert [h.text for h in index.find("Russia House and Russia")] == ["Russia"]

    def test_the_shipped_names_stay_as_they_are(self, tmp_path: Path) -> None:
        text = "Angela Merkel met police in Moscow."
        before = name_index().find(text)
        over("ANGELA_MERKEL [FRAJUD]\n", folder=tmp_path)
        assert name_index().find(text) == before


PIECES = st.sampled_from(
    ["ADA_VOSS_", "[DNKGOV", ">130305]", "[~MIL]", "+", "\n", "\r", "!A!", "=", ",", "{", "}", '"',
     "<!--", "-->", "#", ";", "[---]", "\t", "name,kind,country\n", "person,DNK"]
)  # fmt: skip


@given(st.text(max_size=80) | st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(DataError):
        users = load_user_actors([path])
        assert users.files[0].usable
        users.over(name_index()).find(text)


def test_a_quotation_that_is_never_closed(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE + 'Bo,"' + "x" * 200_000)
    users = load_user_actors([path])
    assert "the rest is not read" in str(users.faults[0])
    assert len(users.files[0].names) == 6


def test_the_digest_tells_files_apart(tmp_path: Path) -> None:
    a, b = write(tmp_path, "A_B [DNK]\n", "a"), write(tmp_path, "A_B [NOR]\n", "b")
    digests = [load_user_actors(paths).digest for paths in ([a], [b], [a, b], [b, a], [a, a])]
    assert len(set(digests)) == 5
    assert load_user_actors([a]).digest == digests[0]
