"""The role terms (soldier, lawmaker, gunman) and the words that change a role."""

from __future__ import annotations

import pytest

from crisiswire.knowledge.files import DATA, ontology, read_csv, read_yaml

ROLE_COLUMNS = ("term", "sectors", "country", "note")
MODIFIER_COLUMNS = ("modifier", "sectors", "place", "note")
SECTORS = set(ontology()["sectors"])
CODES = set(read_yaml(DATA / "ontology" / "countries.yaml"))
ROLES = list(read_csv(DATA / "lexicon" / "roles.csv", ROLE_COLUMNS))
MODIFIERS = list(read_csv(DATA / "lexicon" / "modifiers.csv", MODIFIER_COLUMNS))
ROLE = {row["term"]: row for _, row in ROLES}
MODIFIER = {row["modifier"]: row for _, row in MODIFIERS}

# Terms of each sector list; the multi-word ones differ from their last word.
CASES = """
GOV: president, prime minister, foreign minister, official, ambassador, governor, central bank
GOV: electoral commission, mayor, spokeswoman, ministry, envoy, authorities, head of state
GOV|MIL: junta, defence minister
GOV|PTY: ruling party
MIL: soldier, troop, army, navy, general, officer, warplane, warship, tank, peacekeeper
MIL: military adviser, coast guard, helicopter gunship, armoured column
MIL|COP: security force, border guard
COP: police, police officer, police chief, riot police, prison guard
REB: rebel, militant, insurgent, separatist, guerrilla, rebel commander, rebel leader
UAF: gunman, suicide bomber, assailant, terrorist, jihadist, mercenary, attacker
PRM: militia, militiaman, paramilitary
CRM: gang, cartel, drug lord, smuggler, pirate
CVL: protester, civilian, resident, villager, child, woman, tribe, crowd, settler
EDU: student, professor, researcher, university
JRN: journalist, newspaper, broadcaster
JRN|GOV: state media, state television
LAB: worker, trade union, striker, miner
AGR: farmer, peasant, rancher, herder
BUS: businessman, company, airline, oil company
BUS|GOV: state-owned company
MED: doctor, hospital, ambulance, medic
REF: refugee, migrant, asylum seeker, displaced people
OPP: opposition, opposition leader, dissident
OPP|LEG: opposition lawmaker
PTY: political party, presidential candidate, politician
LEG|PTY: rebel lawmaker
LEG: lawmaker, parliament, senator, congress, speaker, congressman
JUD: judge, court, prosecutor, lawyer, tribunal, attorney general
REL: priest, bishop, imam, cleric, monk, church, mosque
SOC: aid agency, charity, ngo, observer, mediator, human rights group
ELI: ex-president, first lady
SPY: spy, intelligence agency, secret service
UNK: unidentified person
"""


def cases() -> list[tuple[str, str]]:
    pairs = []
    for line in CASES.strip().splitlines():
        sectors, terms = line.split(": ")
        pairs += [(term.strip(), sectors) for term in terms.split(",")]
    return pairs


def test_there_are_at_least_nine_hundred_role_terms() -> None:
    assert len(ROLES) >= 900


def test_no_term_or_modifier_stands_twice() -> None:
    assert len(ROLE) == len(ROLES)
    assert len(MODIFIER) == len(MODIFIERS)


def test_terms_are_in_lower_case_without_stray_spaces() -> None:
    words = [*ROLE, *MODIFIER]
    assert [word for word in words if word != " ".join(word.lower().split()) or not word] == []


@pytest.mark.parametrize("table", [ROLES, MODIFIERS], ids=["roles", "modifiers"])
def test_sectors_are_of_the_ontology_and_named_once(
    table: list[tuple[int, dict[str, str]]],
) -> None:
    bad = []
    for line, row in table:
        sectors = row["sectors"].split("|") if row["sectors"] else []
        if not set(sectors) <= SECTORS or len(sectors) != len(set(sectors)):
            bad.append((line, row["sectors"]))
    assert bad == []


def test_every_sector_but_the_partially_recognised_has_a_term() -> None:
    used = {sector for row in ROLE.values() for sector in row["sectors"].split("|")}
    assert SECTORS - used == {"PRE"}


def test_countries_are_known_and_only_bodies_above_states_lack_sectors() -> None:
    above = set(ontology()["above_states"])
    assert [row for _, row in ROLES if row["country"] and row["country"] not in CODES] == []
    assert [row for _, row in ROLES if not row["sectors"] and row["country"] not in above] == []


def test_modifiers_have_a_place_and_sectors() -> None:
    bad = [
        line
        for line, row in MODIFIERS
        if row["place"] not in {"replace", "first", "last"} or not row["sectors"]
    ]
    assert bad == []


@pytest.mark.parametrize(("term", "sectors"), cases())
def test_term_has_its_sectors(term: str, sectors: str) -> None:
    assert ROLE[term]["sectors"] == sectors


@pytest.mark.parametrize(
    ("term", "country"),
    [
        ("pentagon", "USA"), ("bundeswehr", "DEU"), ("knesset", "ISR"), ("duma", "RUS"),
        ("bundestag", "DEU"), ("mossad", "ISR"), ("fsb", "RUS"), ("un peacekeeper", "UNO"),
        ("european commission", "EUR"), ("multinational corporation", "MNC"), ("soldier", ""),
    ],
)  # fmt: skip
def test_only_terms_that_imply_a_country_have_one(term: str, country: str) -> None:
    assert ROLE[term]["country"] == country


@pytest.mark.parametrize(
    ("modifier", "sectors", "place"),
    [
        ("former", "ELI", "replace"), ("ex", "ELI", "replace"), ("ousted", "ELI", "replace"),
        ("opposition", "OPP", "first"), ("rebel", "REB", "replace"), ("exiled", "OPP", "first"),
        ("state-run", "GOV", "last"), ("pro-government", "GOV", "last"), ("riot", "COP", "first"),
        ("student", "EDU", "first"), ("breakaway", "PRE", "last"), ("armed", "UAF", "last"),
    ],
)  # fmt: skip
def test_modifier_changes_the_role(modifier: str, sectors: str, place: str) -> None:
    assert (MODIFIER[modifier]["sectors"], MODIFIER[modifier]["place"]) == (sectors, place)


def test_a_phrase_ends_with_its_head_unless_noted() -> None:
    joined = [
        term
        for term, row in ROLE.items()
        if {"of", "for", "without"} & set(term.split()) and not row["note"]
    ]
    assert joined == []
