"""Language detection: offline, and undecided where it must be."""

from __future__ import annotations

import csv
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.reading import detect_language, language
from crisiswire.reading.language import language_of

SPANISH = (
    "El ejército tomó el aeropuerto al amanecer del viernes y el ministro de defensa anunció que "
    "las tropas seguirán en la ciudad hasta que termine la huelga de los transportistas."
)
ENGLISH = (
    "The army took the airport at dawn on Friday and the minister of defence announced that the "
    "troops would stay in the city until the strike of the lorry drivers is over."
)


TABLE = Path(__file__).with_name("languages.csv")
"""Short reports and headlines; "ms" stands for its twin "id", "mis" for what no model knows."""


def table() -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["language"]) for row in csv.DictReader(stream)]


@pytest.mark.parametrize(("text", "code"), table(), ids=lambda value: ascii(value)[:20])
def test_short_texts_of_many_languages(text: str, code: str) -> None:
    assert detect_language(text)[0] == code


def test_the_table_is_broad() -> None:
    languages = [code for _, code in table()]
    assert len(languages) >= 40
    assert len(set(languages)) >= 15


@pytest.mark.parametrize(
    ("text", "told", "taken"),
    [
        (SPANISH, "en", "es"),
        (ENGLISH, "es", "en"),
        (SPANISH, "ca", "ca"),
        (SPANISH, None, "es"),
        ("El ejército tomó el aeropuerto.", "en", "en"),
        ("Attack kills 12", "fr", "fr"),
    ],
)
def test_a_mark_that_is_surely_wrong_about_english_is_not_believed(
    text: str, told: str | None, taken: str
) -> None:
    assert language_of(text, told) == taken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army took the airport at dawn on Friday.", "en"),
        ("TROOPS TAKE AIRPORT IN CAPITAL, SAYS MINISTER", "en"),
        ("Troops \ud800 took the airport on Friday 😀, said the minister.", "en"),
        ("El ejército tomó el aeropuerto al amanecer del viernes.", "es"),
        ("L'armée a pris l'aéroport à l'aube, selon le ministre.", "fr"),
        ("Войска захватили аэропорт на рассвете в пятницу.", "ru"),
        ("سيطر الجيش على المطار فجر الجمعة وأعلن حالة الطوارئ", "ar"),
        ("武装部队星期五黎明占领了机场并宣布进入紧急状态，总统下落不明", "zh"),
        ("सेना ने शुक्रवार तड़के हवाई अड्डे पर कब्जा कर लिया और आपातकाल की घोषणा की", "hi"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_languages(text: str, code: str) -> None:
    found, probability = detect_language(text)
    assert found == code
    assert 0.4 <= probability <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Ana Gomez, Luis Pereira, Jorge Salazar Pinto, Rosa Villanueva, Tomas El Haddad",
        "Amina Wanjiru\nPeter Okello\nJuma Hassan\nFelix Mbeki\nSalome Deng",
        "LIMA, QUITO, BOGOTA, CARACAS, SUCRE",
        "Attack kills 12",
    ],
)
def test_lists_of_names_and_short_lines_say_nothing(text: str) -> None:
    assert detect_language(text)[0] in {"und", "en"}


@pytest.mark.parametrize(
    "text",
    ["", "OK", "12345 67890 12345 67890", "\ud800" * 50, "😀" * 50, "qwrtp zxcvb mnbvc lkjhg"],
)
def test_undecided(text: str) -> None:
    assert detect_language(text) == ("und", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Nicolás Maduro met Vladimir Putin in Moscow on Friday",
        "Angela Merkel and Emmanuel Macron met in Berlin.",
        "Putin telephoned Erdogan on Monday",
    ],
)
def test_foreign_names_do_not_make_a_short_text_foreign(text: str) -> None:
    assert detect_language(text)[0] in {"en", "und"}


def test_a_foreign_quotation_at_the_start_does_not_decide() -> None:
    spanish = "El ejército tomó el aeropuerto. "
    english = "The army took the airport at dawn on Friday, said the minister of defence. "
    assert detect_language(spanish + english * 100)[0] == "en"


def test_works_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    language._detector.cache_clear()
    assert detect_language("The army took the airport at dawn on Friday.")[0] == "en"


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    code, probability = detect_language(text)
    assert code
    assert 0.0 <= probability <= 1.0
