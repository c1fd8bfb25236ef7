"""Users' actor files: tables, TABARI and PETRARCH dictionaries; bad lines, and who wins."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_files import ActorFile
from crisiswire.knowledge.cameo_actors import actor_code, read_codes
from crisiswire.knowledge.files import DATA
from crisiswire.knowledge.known import Known
from crisiswire.knowledge.names import NameIndex, name_index
from crisiswire.knowledge.tabari import read_tabari
from crisiswire.knowledge.user_actors import KINDS, load_user_actors

DAYS = {day: dt.date.fromisoformat(day) for day in ("1989-06-01", "2013-03-05", "2019-05-20")}


def known(file: ActorFile, name: str) -> Known:
    (found,) = {id(k): k for n, k in file.names if n == name}.values()
    return found


def coded(text: str, name: str, day: str) -> str:
    term = known(read_tabari(text, "x"), name).at(dt.date.fromisoformat(day))
    return " ".join((term.country or "-", *term.sectors))


def write(folder: Path, text: str | bytes, name: str = "mine.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def over(*texts: str, folder: Path) -> NameIndex:
    """The shipped names with files of these texts over them."""
    paths = [write(folder, text, f"{n}.txt") for n, text in enumerate(texts)]
    return load_user_actors(paths).over(name_index())


CODES = """
VEN        | VEN | | name
VENGOV     | VEN | GOV | institution
VENGOVMIL  | VEN | GOV MIL | institution
VENMILGOV  | VEN | MIL GOV | institution
DEUPTY     | DEU | PTY | party
IRQINS     | IRQ | REB | armed_group
LKASEP     | LKA | REB | armed_group
IRQREBRAD  | IRQ | REB | armed_group
IRQRAD     | IRQ | UAF | movement
GRCMOD     | GRC | CVL | movement
USAMED     | USA | JRN | media
USAHLH     | USA | MED | institution
USANGO     | USA | SOC | ngo
USAMNC     | USA | BUS | company
CHLELI     | CHL | ELI | person
PALGOV     | PSE | GOV | institution
KSV        | XKX | | name
SUN        | RUS | | name
IRQSUN     | IRQ | REL | movement
IRQGOVSHI  | IRQ | GOV | institution
BIHSRB     | BIH | CVL | movement
LBNPALREF  | LBN | REF | movement
LBNHEZ     | LBN | REB | armed_group
AFGREBQQQ  | AFG | REB | armed_group
IGO        | IGO | | igo
INT        | IGO | | igo
IGOUNO     | UNO | | igo
IGOUNOQQQ  | UNO | | igo
IGOEUREEC  | EUR | | igo
IGOAFRQQQ  | IGO | | igo
NGOUSA     | NGO | SOC | ngo
NGOHLHQQQ  | NGO | MED | ngo
IMGMUSQQQ  | IMG | REB | armed_group
IMG        | IMG | REB | armed_group
MNC        | MNC | BUS | company
AFRREB     | - | REB | armed_group
REB        | - | REB | armed_group
UIS        | - | UNK | institution
dnkcvl     | DNK | CVL | movement
"""


@pytest.mark.parametrize("line", CODES.strip().splitlines())
def test_what_a_code_says(line: str) -> None:
    text, country, sectors, kind = (part.strip() for part in line.split("|"))
    code = actor_code(text)
    assert (code.country or "-", " ".join(code.sectors), code.kind) == (country, sectors, kind)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("VENXYZ", "'XYZ' in 'VENXYZ' is neither"),
        ("QQQ", "'QQQ' in 'QQQ' is neither"),
        ("VENGO", "not made of three-letter codes"),
        ("", "not made of three-letter codes"),
        ("V3N", "not made of three-letter codes"),
        ("AFR", "only a region"),
    ],
)
def test_a_code_that_says_nothing(code: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        actor_code(code)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ABC,clan,,,,", "x.csv:2: class 'clan'"),
        ("ABC,role,,,,\nABC,people,,,,", "x.csv:3: .*twice"),
        ("ABC,state,ZZZ,,,", "x.csv:2: country 'ZZZ'"),
        ("ABC,role,,ARMY,,", "x.csv:2: 'ARMY'"),
    ],
)
def test_a_bad_line_of_the_code_table_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, f"code,class,country,sectors,kind,note\n{line}\n", "x.csv")
    with pytest.raises(DataError, match=message):
        read_codes(path)


def test_kinds_of_the_code_table_are_known() -> None:
    kinds = {part.kind for part in read_codes(DATA / "ontology" / "cameo_actors.csv").values()}
    assert kinds - {""} <= set(KINDS)


DATES = """
ADA_VOSS_ [DNKGOV <130305]                        | 2013-03-04 | DNK GOV
ADA_VOSS_ [DNKGOV <130305] [DNKMIL]               | 2013-03-05 | DNK MIL
ADA_VOSS_ [DNKGOV >130305] [DNKMIL]               | 2013-03-05 | DNK MIL
ADA_VOSS_ [DNKGOV >130305] [DNKMIL]               | 2013-03-06 | DNK GOV
ADA_VOSS_ [DNKMIL] [DNKGOV >130305]               | 2019-01-01 | DNK GOV
ADA_VOSS_ [DNKGOV 130305-190110] [DNKOPP]         | 2013-03-05 | DNK GOV
ADA_VOSS_ [DNKGOV 130305-190110] [DNKOPP]         | 2019-01-10 | DNK GOV
ADA_VOSS_ [DNKGOV 130305-190110] [DNKOPP]         | 2019-01-11 | DNK OPP
ADA_VOSS_ [DNKGOV 130305-190110]                  | 2019-01-11 | DNK ELI
ADA_VOSS_ [DNKGOV 20130305-20190110][DNK]         | 2019-01-11 | DNK
ADA_VOSS_ [DNKGOV >311231] [DNKOPP]               | 1932-01-01 | DNK GOV
ADA_VOSS_ [DNKGOV >301231] [DNKOPP]               | 2019-01-01 | DNK OPP
ADA_VOSS_ [DNKGOV >301231] [DNKOPP]               | 2031-01-01 | DNK GOV
ADA_VOSS_ [DNKGOV <990000] [DNKOPP]               | 1998-12-31 | DNK GOV
ADA_VOSS_ [DNKGOV > 20191200] [DNKOPP]            | 2019-12-31 | DNK OPP
ADA_VOSS_ [DNKGOV > 20191200] [DNKOPP]            | 2020-01-01 | DNK GOV
ADA_VOSS_ [DNKGOV 190200-190200] [DNKOPP]         | 2019-02-28 | DNK GOV
ADA_VOSS_ [DNKGOV >100101] [DNKMIL >050101]       | 2019-01-01 | DNK GOV
ADA_VOSS_ [DNKGOV >100101] [DNKMIL >050101]       | 2009-01-01 | DNK MIL
ADA_VOSS_ [IGOUNO >100101] [DNKGOV 000101-091231] | 2019-01-01 | UNO
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_a_code_holds_on_its_days(line: str) -> None:
    entry, day, expected = (part.strip() for part in line.split("|"))
    assert coded(entry, "Ada Voss", day) == expected


PETRARCH = """
# Elbonian actors
<!-- not
ALL_OF_THIS [DNK] -->
ELBONIAN_FRONT_ ; a note
+FRONT_OF_ELBONIA_   # another
+E.F._
\t[DNKREB <100101]  # at war
\t[DNKPTY >091231]
BRIG_OF_WAR {BRIGS_OF_WAR} [DNKMIL]
+OLD_BRIG [NORMIL]
STRAY_MONEY [---]
---STOP---
NOT_READ [DNK]
"""


def test_an_actor_file_of_petrarch() -> None:
    file = read_tabari(PETRARCH, "x")
    assert not file.faults
    assert [name for name, _ in file.names] == [
        "Elbonian Front", "Front of Elbonia", "E.F.", "Old Brig", "Brig of War"
    ]  # fmt: skip
    assert known(file, "E.F.") is known(file, "Elbonian Front")
    assert known(file, "E.F.").id == "dnk-elbonian-front"
    assert [t.source for t in known(file, "E.F.").terms] == ["x:9", "x:8"]
    assert file.not_names == ["STRAY MONEY"]


def test_line_ends_of_any_kind() -> None:
    for end in ("\n", "\r\n", "\r"):
        file = read_tabari(f"ADA_VOSS_{end}+VOSS_{end}\t[DNKGOV]{end}BAD{end}", "x")
        assert [n for n, _ in file.names] == ["Ada Voss", "Voss"]
        assert [f.line for f in file.faults] == [4]


AGENTS = """
SENTRY [~MIL]                               | sentry MIL
ROAD_AGENT_ {ROAD_AGENTS_} [~CRM]           | road agent CRM; road agents CRM
OX_RIDER {OX_RIDERS, OXEN_RIDERS} [~MIL]    | ox rider MIL; ox riders MIL; oxen riders MIL
NEWS {} [~MED]                              | news JRN
ENVOY [GOV~]                                | envoy GOV
ALMS_GIVER [NGO~]                           | alms giver NGO SOC
WARLORD [~REBMIL] # both                    | warlord REB MIL
!CHIEF! = BOSS, HEAD_MAN;GUILD_!CHIEF! [~LAB] | guild boss LAB; guild head man LAB
!MAN! = MAN, MEN;TOLL!MAN! [~GOV]           | tollman GOV; tollmen GOV
GUILD_!CHIEF! [~LAB];!Chief! = BOSS         | guild boss LAB
!A! = ONE, TWO;!B! = X, Y;!A!_!B! [~LAB]    | one x LAB; one y LAB; two x LAB; two y LAB
"""


@pytest.mark.parametrize("line", AGENTS.strip().splitlines())
def test_agents_and_substitution_sets(line: str) -> None:
    text, expected = (part.strip() for part in line.split("|"))
    file = read_tabari(text.replace(";", "\n"), "x")
    roles = [" ".join((r.term, *filter(None, [r.country]), *r.sectors)) for r in file.roles]
    assert (file.faults, file.names) == ([], [])
    assert roles == expected.split("; ")


def test_a_set_stands_in_actors_too() -> None:
    file = read_tabari("!HALL! = HALL, PALACE\nDUKE_!HALL!_ [DNKGOV]\n+!HALL!_OF_DUKES", "x")
    assert [name for name, _ in file.names] == [
        "Duke Hall", "Duke Palace", "Hall of Dukes", "Palace of Dukes"
    ]  # fmt: skip


BAD = """
ADA_VOSS                          | has no code in brackets
ADA_VOSS [DNKXYZ]                 | code 'XYZ' in 'DNKXYZ' is neither a country
ADA_VOSS [~ARMY]                  | code 'ARMY' is not made of three-letter codes
ADA_VOSS [~]                      | code '' is not made
ADA_VOSS []                       | does not begin with a code
ADA_VOSS [>130305]                | does not begin with a code
ADA_VOSS [DNKGOV                  | a bracket or brace is not closed
ADA_VOSS {ADAS [DNKGOV]           | a bracket or brace is not closed
ADA_VOSS [DNKGOV >130230]         | date '>130230' is not in the calendar
ADA_VOSS [DNKGOV >1303]           | date '>1303' is not in the calendar
ADA_VOSS [DNKGOV <00010101]       | date '<00010101' is not in the calendar
ADA_VOSS [DNKGOV since 2013]      | date 'since 2013' is not <YYMMDD
ADA_VOSS [DNKGOV 190110-130305]   | ends before it begins
ADA_VOSS [DNK/NOR]                | two actors
ADA_VOSS [###]                    | discards a whole story
ADA_!BOSS! [DNKGOV]               | the set !BOSS! is not defined
!BOSS! =                          | the set !BOSS! has no forms
__ [DNKGOV]                       | '__' is not a name
+VOSS                             | a synonym without a name above it
[DNKGOV]                          | codes without a name above them
"""


@pytest.mark.parametrize("line", BAD.strip().splitlines())
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, line: str) -> None:
    text, message = (part.strip() for part in line.split("|"))
    path = write(tmp_path, f"# mine\n{text}\nBO_BERG_ [NORGOV]\n")
    (file,) = load_user_actors([path]).files
    assert [name for name, _ in file.names] == ["Bo Berg"]
    assert str(file.faults[0]).startswith(f"{path}:2: ")
    assert message in str(file.faults[0])
    assert len(file.faults) == 1


def test_the_good_codes_of_an_entry_stay() -> None:
    file = read_tabari("ADA_VOSS [DNKGOV >139999] [DNKOPP]", "x")
    assert known(file, "Ada Voss").at(DAYS["2019-05-20"]).sectors == ("OPP",)
    assert len(file.faults) == 1


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("ADA_VOSS_ [DNK]", "Ada Voss"),
        ("FRIENDS_OF_THE_DUKE [DNK]", "Friends of the Duke"),
        ("O'BRIEN_ [DNK]", "O'Brien"),
        ("PEOPLE'S_GUARD [DNK]", "People's Guard"),
        ("AL-VOSS [DNK]", "Al-Voss"),
        ("QX_ [DNKREB]", "QX"),
        ("OTT_ [DNKGOV 100101-120101]", "Ott"),
        ("Ada_McVoss [DNK]", "Ada McVoss"),
        ("U.E.F. [DNK]", "U.E.F."),
    ],
)
def test_a_name_is_written_as_papers_write_it(entry: str, name: str) -> None:
    assert [n for n, _ in read_tabari(entry, "x").names] == [name]


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
    assert (ada.id, ada.at(DAYS["2019-05-20"]).sectors) == ("ada-voss", ("OPP",))
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
        assert [k.at(DAYS["2019-05-20"]).country for k in merkel.known] == ["FRA"]
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
