"""The country codes and the two tables of country names, demonyms, capitals and metonyms."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from crisiswire.knowledge.files import DATA, ontology, read_csv, read_yaml

COLUMNS = ("name", "country", "kind", "from", "to", "note")
KINDS = {"name", "demonym", "metonym", "capital", "seat", "region"}
FILES = ("countries.csv", "countries_extra.csv")
SCRIPT = Path(__file__).parents[2] / "scripts" / "bake_countries.py"
COUNTRIES: dict[str, dict[str, object]] = read_yaml(DATA / "ontology" / "countries.yaml")
ABOVE_STATES = set(ontology()["above_states"])

# Names separated by commas, and the one code among those that the tables give for each.
CASES = """
USA: US, U.S., USA, America, American, Americans, Yank, White House, Pentagon, Washington
USA: Foggy Bottom, Washington DC
GBR: UK, U.K., Britain, Great Britain, England, Scotland, Wales, Briton, Britons, Brit, British
GBR: Scot, Scottish, Welsh, Englishman, Downing Street, No 10, Whitehall, London
FRA: French, Frenchman, Frenchmen, Elysee, Quai d'Orsay, Paris, Matignon
RUS: Kremlin, Moscow, Soviet Union, USSR, Soviet, Soviets, Russian, Russians, Chechen, Chechens
RUS: Chechnya, Muscovites
DNK: Danish, Dane, Danes
POL: Polish, Pole, Poles
SWE: Swede, Swedes, Swedish
FIN: Finn, Finns, Finnish
TUR: Turk, Turks, Turkish, Turkiye, Türkiye, Ankara
ESP: Spaniard, Spaniards, Spanish, Catalans, Catalonia, Moncloa
PHL: Filipino, Filipinos, Filipina, Philippine, Malacanang
NLD: Dutch, Dutchman, Holland, Netherlands, The Hague
IRL: Irish, Irishmen, Dublin
VEN: Venezuelan, Venezuelans, Caracas, Miraflores
IRQ: Iraqi, Iraqis, Kurdistan, Erbil, Baghdad
AFG: Afghan, Afghans, Afghani, Kabul
SAU: Saudi, Saudis, KSA
ARE: UAE, U.A.E., Emirati, Emiratis, Abu Dhabi
SRB: Serb, Serbs, Serbian, Yugoslavia, Belgrade
HRV: Croat, Croats, Croatian
BIH: Bosniak, Bosniaks, Bosnia, Bosnian Serbs, Sarajevo
XKX: Kosovo, Kosovar, Kosovars, Pristina, Prishtina
MKD: Macedonia, FYROM, North Macedonia, Macedonians
CZE: Czech, Czechs, Czechia, Czechoslovakia
SVN: Slovene, Slovenians
CHN: Chinese, Peking, Beijing, Zhongnanhai, PRC, Tibetans, Xinjiang, Uighur
TWN: Taiwanese, Taipei, Republic of China
HKG: Hong Kong, Hong Konger
KOR: South Korean, South Koreans, ROK, Blue House, Seoul
PRK: North Koreans, DPRK, Pyongyang, Hermit Kingdom
COD: DRC, DR Congo, Zaire, Zairean, Kinshasa
CIV: Ivory Coast, Côte d'Ivoire, Ivorian, Ivorians
MMR: Burma, Burmese, Myanmar, Naypyidaw, Rangoon
TLS: East Timor, Timor-Leste, East Timorese, Timorese
SWZ: Eswatini, Swaziland, Swazi
CPV: Cape Verde, Cabo Verde, Cape Verdean
IRN: Iranian, Persia, Tehran
THA: Siam, Thais
VNM: North Vietnam, Saigon, Hanoi
DEU: East Germany, GDR, West German, Bonn, Bundeskanzleramt
DEU: Berlin
VAT: Vatican, Holy See
KAZ: Astana, Nur-Sultan, Almaty, Kazakh, Kazakhs
KGZ: Kyrgyz
TJK: Tajik, Tajiks
UZB: Uzbek, Uzbeks
TKM: Turkmen
AZE: Azeri, Azeris
UKR: Kyiv, Kiev, Crimea, Donbas, Crimean Tatars
PSE: Gaza, Gaza Strip, West Bank, Gazans, Palestinian, Ramallah, Muqata
ISR: Israeli, Israelis, Tel Aviv
GEO: Abkhazia, South Ossetia, Sukhumi, Georgian
MDA: Transnistria, Moldovan
CYP: Northern Cyprus, Cypriots
SOM: Somaliland, Puntland, Somalis, Mogadishu
MAR: Western Sahara, Sahrawi, Sahrawis
SDN: Darfur, Sudanese
IND: Kashmir, Indians, New Delhi, Delhi, South Block
PAK: Pakistani, Pakistanis, Islamabad
LKA: Sri Lankan, Sinhalese, Ceylon
BRA: Planalto, Itamaraty, Brasilia
ARG: Argentine, Argentines, Casa Rosada, Argentinian
MEX: Los Pinos, Mexicans
CHL: La Moneda, Chileans
COL: Casa de Narino, Colombians
BOL: La Paz, Bolivians
ZAF: Pretoria, South Africans, Afrikaners, Union Buildings
NGA: Aso Rock, Abuja, Nigerians, Lagos
NER: Nigerien, Nigeriens
NZL: New Zealander, New Zealanders
EUR: EU, European Union, Berlaymont
UNO: UN, U.N., United Nations
MLI: Azawad, Malians
DJI: Djiboutian
BWA: Batswana
LSO: Basotho
MDG: Malagasy
"""


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def rows() -> Iterator[tuple[str, int, dict[str, str]]]:
    for file in FILES:
        for line, row in read_csv(DATA / "actors" / file, COLUMNS):
            yield file, line, row


@cache
def index() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, _, row in rows():
        found[fold(row["name"])].add(row["country"])
    return dict(found)


def cases() -> list[tuple[str, str]]:
    pairs = []
    for line in CASES.strip().splitlines():
        code, names = line.split(": ")
        pairs += [(name.strip(), code) for name in names.split(",")]
    return pairs


def bake_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bake_countries", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_193_members_of_the_united_nations() -> None:
    assert sum(entry["un"] is True for entry in COUNTRIES.values()) == 193
    assert [code for code in ("TWN", "XKX", "PSE", "VAT") if COUNTRIES[code]["un"]] == []


def test_every_code_has_three_capitals_and_a_name() -> None:
    bad = [code for code in COUNTRIES if not re.fullmatch(r"[A-Z]{3}", code)]
    bad += [code for code, entry in COUNTRIES.items() if not isinstance(entry["name"], str)]
    assert bad == []


def test_correlates_of_war_abbreviations_are_unique_and_cover_the_members() -> None:
    abbreviations = [entry["cow"] for entry in COUNTRIES.values() if "cow" in entry]
    assert len(abbreviations) == len(set(abbreviations))
    assert [c for c, entry in COUNTRIES.items() if entry["un"] and "cow" not in entry] == []


def test_rows_have_known_codes_and_kinds() -> None:
    bad = [
        f"{file}:{line}: {row['name']} {row['country']} {row['kind']}"
        for file, line, row in rows()
        if row["country"] not in COUNTRIES or row["kind"] not in KINDS or not row["name"]
    ]
    assert bad == []


def test_spans_are_dates_in_order() -> None:
    bad = []
    for file, line, row in rows():
        days = [dt.date.fromisoformat(row[side]) for side in ("from", "to") if row[side]]
        if days != sorted(days):
            bad.append(f"{file}:{line}")
    assert bad == []


def test_no_name_stands_twice_for_the_same_country_and_kind() -> None:
    counts = Counter((fold(row["name"]), row["country"], row["kind"]) for _, _, row in rows())
    assert [key for key, count in counts.items() if count > 1] == []


def test_a_name_of_several_countries_says_so() -> None:
    owners = index()
    unmarked = []
    for file, line, row in rows():
        if len(owners[fold(row["name"])]) > 1 and "ambiguous" not in row["note"]:
            unmarked.append(f"{file}:{line}: {row['name']}")
    assert unmarked == []


@pytest.mark.parametrize(("name", "code"), cases())
def test_name_leads_to_its_country(name: str, code: str) -> None:
    assert index().get(fold(name)) == {code}


@pytest.mark.parametrize("kind", ["name", "demonym", "capital"])
def test_every_member_of_the_united_nations_has(kind: str) -> None:
    having = {row["country"] for _, _, row in rows() if row["kind"] == kind}
    assert [code for code, entry in COUNTRIES.items() if entry["un"] and code not in having] == []


def test_codes_above_states_are_listed() -> None:
    assert set(COUNTRIES) >= ABOVE_STATES


def test_the_short_name_of_every_state_and_territory_is_in_the_table() -> None:
    owners = index()
    left_out = ABOVE_STATES | {"ESH"}  # Western Sahara is coded under the state that claims it
    names = {c: fold(str(e["name"])) for c, e in COUNTRIES.items() if c not in left_out}
    missing = [code for code, name in names.items() if code not in owners.get(name, ())]
    assert missing == []


def test_partially_recognised_entities_carry_their_sector() -> None:
    noted = {row["name"]: row["note"] for _, _, row in rows() if row["kind"] == "region"}
    entities = ["Abkhazia", "South Ossetia", "Transnistria", "Nagorno-Karabakh", "Somaliland"]
    entities += ["Northern Cyprus", "Western Sahara"]
    entities += ["Donetsk People's Republic", "Luhansk People's Republic"]
    assert [name for name in entities if "PRE" not in noted[name]] == []


def test_baking_again_gives_the_shipped_file() -> None:
    pytest.importorskip("rigour")
    pytest.importorskip("countryinfo")
    shipped = (DATA / "actors" / "countries.csv").read_text(encoding="utf-8")
    assert bake_script().bake() == shipped
