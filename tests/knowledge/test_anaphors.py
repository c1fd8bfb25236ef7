"""The words that point back: what the shipped files hold, and that bad files are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.anaphors import anaphors, load_anaphors
from crisiswire.knowledge.lexicon import LEXICON


def test_the_shipped_words() -> None:
    words = anaphors()
    assert words.pronouns["she"] == "female"
    assert words.persons["premier"][0] == "premier"
    assert "prime minister" in words.persons["premier"]
    assert "JOR" in words.states["kingdom"]
    assert words.states["country"] == frozenset()
    assert words.first_names["margaret"] == "female"
    assert not set(words.pronouns) & words.other


def test_no_noun_is_a_person_and_a_body() -> None:
    words = anaphors()
    persons = set(words.persons) | set(words.anyone)
    assert not persons & set(words.groups)
    assert not persons & words.not_persons
    assert not set(words.states) & set(words.groups)


BAD = [
    ("anaphors.yaml", "male: [he,", "male: [she,", "'she' stands under"),
    ("anaphors.yaml", "  kingdom: [BEL,", "  kingdom: [XXX,", "'XXX' is not a country"),
    ("anaphors.yaml", "  junta: [GOV,", "  junta: [GOVT,", "'GOVT' is not a sector"),
    ("anaphors.yaml", "kinds:", "sorts:", "is unknown or missing"),
    ("anaphors.yaml", "  person: [man,", "  people: [man,", "'people' is none of"),
    ("anaphors.yaml", "former: [former,", "former: [1,", "1 is not a word"),
    ("first_names.yaml", "male:", "men:", "'men' is none of"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD)
def test_a_bad_file_is_refused_by_name(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    for name in ("anaphors.yaml", "first_names.yaml"):
        shutil.copy(LEXICON / name, tmp_path / name)
    path = tmp_path / file
    text = path.read_text("utf-8")
    if file == "first_names.yaml":
        old, new = f"\n{old}", f"\n{new}"
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=message) as error:
        load_anaphors(tmp_path)
    assert file in str(error.value)
