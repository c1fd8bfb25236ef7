"""TABARI and PETRARCH actor and agent files: codes, dates, substitution sets, bad lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_files import ActorFile
from crisiswire.knowledge.cameo_actors import actor_code, read_codes
from crisiswire.knowledge.files import DATA
from crisiswire.knowledge.known import Known
from crisiswire.knowledge.tabari import read_tabari
from crisiswire.knowledge.user_actors import KINDS, load_user_actors


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
    assert known(file, "Ada Voss").at(dt.date(2019, 5, 20)).sectors == ("OPP",)
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
