"""The event lexicon and the operators: what the loaders refuse, what the shipped files hold."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from crisiswire.errors import DataError
from crisiswire.knowledge.files import ontology
from crisiswire.knowledge.lexicon import (
    LEXICON,
    NONE,
    Entry,
    load_classes,
    load_events,
    load_lexicon,
)
from crisiswire.knowledge.operators import load_operators

CLASSES = {"TROOPS": frozenset({"soldier", "troop"})}
ENTRIES = 1500
LEMMAS_A_TYPE = 60

BAD_ENTRIES = [
    ("{verb: [expel], objekt: [diplomat]}", "unknown field 'objekt'"),
    ("{object: [diplomat]}", "exactly one of verb, noun, compound"),
    ("{verb: [expel], noun: [expulsion]}", "exactly one of verb, noun, compound"),
    ("expel", "must be a mapping"),
    ("{verb: [expel], mode: exile}", "SANCTION has no mode 'exile'"),
    ("{verb: [expel], contexts: [weather]}", "unknown context 'weather'"),
    ("{verb: [expel], weight: 0}", "weight must be from 0.1 to 1.0"),
    ("{verb: [expel], weight: 1.5}", "weight must be from 0.1 to 1.0"),
    ("{verb: [expel], weight: high}", "weight must be from 0.1 to 1.0"),
    ("{noun: [expulsion], of: victim}", "of must be actor, recipient or none"),
    ("{verb: [expel], cameo: 166}", "cameo must be a quoted code"),
    ("{verb: [expel], cameo: '16x'}", "cameo must be a quoted code"),
    ("{verb: [expel], object: [$ENVOYS]}", "unknown class $ENVOYS"),
    ("{verb: [expel], prep: {from: [$ENVOYS]}}", "unknown class $ENVOYS"),
    ("{verb: [impose], recipient: [on]}", "is not a word; quote it"),
    ("{verb: [impose], prep: {on: []}}", "quote the prepositions"),
    ("{verb: [impose], prep: [on]}", "is not a word; quote it"),
    ("{verb: [expel, 3]}", "3 is not a word"),
    ("{verb: ['']}", "is not a word"),
    ("{verb: [expel], actor: [subj-1]}", "'subj-1' is no place for a party"),
    ("{verb: [expel], recipient: ['2nd']}", "'2nd' is no place for a party"),
]


def load_row(folder: Path, row: str) -> list[Entry]:
    """Entries of a file whose second entry is the row."""
    path = folder / "sanction.yaml"
    path.write_text(f"type: SANCTION\nentries:\n  - {{verb: [punish]}}\n  - {row}\n", "utf-8")
    return load_events(path, CLASSES)


@pytest.mark.parametrize(("row", "message"), BAD_ENTRIES, ids=[r for r, _ in BAD_ENTRIES])
def test_a_bad_entry_is_refused_by_file_and_number(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        load_row(tmp_path, row)
    assert str(error.value).startswith("sanction.yaml entry 2: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: SCOLD\nentries: []\n", "type 'SCOLD' is not a PLOVER type"),
        ("- verb: [expel]\n", "type None is not a PLOVER type"),
        ("type: SANCTION\nentries:\n  - {verb: [expel\n", "not valid YAML"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "scold.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"^scold\.yaml") as error:
        load_events(path, CLASSES)
    assert message in str(error.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.yaml: cannot be read"):
        load_events(tmp_path / "gone.yaml", CLASSES)


def test_an_entry_is_read_in_full(tmp_path: Path) -> None:
    row = (
        "{verb: [Send], object: [$TROOPS, tank], prep: {to: [border]}, recipient: [to],"
        " mode: withdraw, contexts: [military], cameo: '0161', weight: 0.5}"
    )
    entry = load_row(tmp_path, row)[1]
    assert entry.triggers == ("send",)
    assert entry.object == {"soldier", "troop", "tank"}
    assert entry.prep == {"to": frozenset({"border"})}
    assert (entry.actor, entry.recipient) == (("subject",), ("to",))
    assert (entry.mode, entry.contexts, entry.cameo) == ("withdraw", ("military",), "0161")
    assert (entry.weight, entry.constraints) == (0.5, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A: [$A]\n", "$A is unknown or holds itself"),
        ("A: [$B]\nB: [$A]\n", "holds itself"),
        ("A: [$GONE]\n", "$GONE is unknown"),
        ("A: [on]\n", "True is not a word; quote it"),
        ("[a, b]\n", "must map class names"),
    ],
)
def test_bad_classes_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"^classes\.yaml") as error:
        load_classes(path)
    assert message in str(error.value)


def test_classes_hold_classes(tmp_path: Path) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text("ALL: [$SOME, Cat]\nSOME: [dog]\n", "utf-8")
    assert load_classes(path)["ALL"] == {"dog", "cat"}


# -- the shipped lexicon ------------------------------------------------------------------------


def shipped() -> list[Entry]:
    classes = load_classes()
    return [e for p in sorted((LEXICON / "events").glob("*.yaml")) for e in load_events(p, classes)]


def test_the_lexicon_is_large_and_covers_every_type_and_mode() -> None:
    assert load_lexicon().size >= ENTRIES
    lemmas: dict[str, set[str]] = defaultdict(set)
    modes = set()
    for entry in shipped():
        lemmas[entry.type].update(entry.triggers)
        modes.add((entry.type, entry.mode))
    types = ontology()["types"]
    assert set(lemmas) == {*types, NONE}
    assert {t: len(words) for t, words in lemmas.items() if len(words) < LEMMAS_A_TYPE} == {}
    named = {(t, m) for t, spec in types.items() for m in spec.get("modes", {})}
    assert not named - modes


def test_no_trigger_stands_twice_with_the_same_conditions() -> None:
    """Of two such entries, whatever their types, the lighter could never win."""
    sources: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for entry in shipped():
        prep = None if entry.prep is None else tuple(sorted(entry.prep.items()))
        conditions = (
            *(entry.object, entry.not_object, entry.subject, entry.not_subject),
            *(entry.modifier, entry.not_modifier, prep, entry.intransitive),
        )
        for trigger in entry.triggers:
            sources[(entry.kind, trigger, *conditions)].append(entry.source)
    assert {key[1]: where for key, where in sources.items() if len(where) > 1} == {}


def test_event_files_are_named_for_their_type() -> None:
    for path in (LEXICON / "events").glob("*.yaml"):
        assert yaml.safe_load(path.read_text("utf-8"))["type"] == path.stem.upper()


# -- operators ----------------------------------------------------------------------------------


def operators_file(folder: Path, **changes: object) -> Path:
    """A small operators file with some parts changed."""
    content: dict[str, object] = {
        "effects": {"promise": ["vow"], "future": ["plan"]},
        "compose": {"promise": {"ASSAULT": "THREATEN/violence", "default": "AGREE"}},
        "light": {"actor": ["hold"], "recipient": ["suffer"]},
        "saying": {"statement": ["say"]},
    } | changes
    path = folder / "operators.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"effects": {"wish": ["want"]}}, "effect 'wish' has no line under compose"),
        ({"compose": {"promise": {"AID": "AGREE"}}}, "compose.promise needs a default"),
        ({"compose": {"promise": {"default": "SWEAR"}}}, "unknown 'SWEAR'"),
        ({"compose": {"promise": {"default": "THREATEN/shouting"}}}, "unknown 'THREATEN/shouting'"),
        ({"compose": {"promise": {"HUG": "AGREE", "default": "AGREE"}}}, "unknown 'HUG'"),
        ({"compose": {"promise": {"AID/x": "AGREE", "default": "AGREE"}}}, "unknown 'AID/x'"),
    ],
)
def test_bad_operators_are_refused(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError, match=r"^operators\.yaml: ") as error:
        load_operators(operators_file(tmp_path, **changes))
    assert message in str(error.value)


def test_operators_compose_by_mode_then_type_then_default(tmp_path: Path) -> None:
    table = {"SANCTION/expel": "THREATEN/expel", "SANCTION": "THREATEN/relations"}
    path = operators_file(tmp_path, compose={"promise": {**table, "default": "AGREE"}})
    found = load_operators(path)
    assert found.compose("promise", "SANCTION", "expel") == ("THREATEN", "expel")
    assert found.compose("promise", "SANCTION", "convict") == ("THREATEN", "relations")
    assert found.compose("promise", "SANCTION") == ("THREATEN", "relations")
    assert found.compose("promise", "AID") == ("AGREE", None)
    assert found.compose("future", "AID") is None


def test_a_word_has_the_effects_of_its_kinds(tmp_path: Path) -> None:
    found = load_operators(operators_file(tmp_path))
    assert (found.capturing("vow"), found.status_effect("vow")) == ("promise", None)
    assert (found.capturing("plan"), found.status_effect("plan")) == (None, "future")
    assert (found.capturing("eat"), found.status_effect("eat")) == (None, None)


def test_shipped_operators_can_be_composed_with_every_type() -> None:
    found = load_operators()
    effects = {e for words in found.effects.values() for e in words} & set(found.composition)
    for effect in effects:
        for kind, spec in ontology()["types"].items():
            for mode in (None, *spec.get("modes", {})):
                assert found.compose(effect, kind, mode) is not None
    assert found.light_actor.isdisjoint(found.light_recipient)
