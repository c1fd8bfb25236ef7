"""The event lexicon and the operators: what the loaders refuse, what the shipped files hold."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

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

FUZZED_KEYS = """A type entries effects compose light saying promise default actor recipient verb
noun object prep mode of weight contexts cameo""".split()
BAD_ENTRIES = [
    ("{verb: [expel], mode: [exile]}", "SANCTION has no mode ['exile']"),
    ("{verb: [expel], 3: x, y: z}", "unknown field 3"),
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
    assert str(error.value).startswith("sanction.yaml:4: entry 2: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: SCOLD\nentries: []\n", "type: 'SCOLD' is not a PLOVER type"),
        ("- verb: [expel]\n", "scold.yaml:1: must map names to values"),
        ("", "scold.yaml:1: must map names"),
        ("entries: []\n", "scold.yaml:1: needs a line 'type'"),
        ("type: [SANCTION]\n", "is not a PLOVER type"),
        ("type: SANCTION\n\nentries: expel\n", "scold.yaml:3: entries: must be a list"),
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
        ("[a, b]\n", "classes.yaml:1: must map names"),
        ("", "classes.yaml:1: must map names"),
        ("A: [cat]\nB: dog\n", "classes.yaml:2: B: must be a list of words"),
        ("A: [cat]\nB:\n", "classes.yaml:2: B: must be a list of words"),
        ("A: [cat]\n\nB: {dog: cat}\n", "classes.yaml:3: B: must be a list"),
        ("A: [[cat]]\n", "['cat'] is not a word"),
        ("A: ['']\n", "'' is not a word"),
        ("on: [cat]\n", "True is not a word; quote it"),
        ("A: [cat]\nB: [$A, $GONE]\n", "classes.yaml:2: B: class $GONE is unknown"),
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
        ({"effects": {"wish": ["want"]}}, "effects.wish: has no line under compose"),
        ({"compose": {"promise": {"AID": "AGREE"}}}, "compose.promise: needs a line 'default'"),
        ({"compose": {"promise": {"default": "SWEAR"}}}, "unknown type or mode 'SWEAR'"),
        ({"compose": {"promise": {"default": "THREATEN/shouting"}}}, "mode 'THREATEN/shouting'"),
        ({"compose": {"promise": {"HUG": "AGREE", "default": "AGREE"}}}, "mode 'HUG'"),
        ({"compose": {"promise": {"AID/x": "AGREE", "default": "AGREE"}}}, "mode 'AID/x'"),
        ({"compose": {"promise": {"default": ["AGREE"]}}}, "unknown type or mode ['AGREE']"),
        ({"compose": {"promise": "AGREE"}}, "compose.promise: must map names"),
        ({"compose": None}, "compose: must map names"),
        ({"effects": {"future": "plan"}}, "effects.future: must be a list of words"),
        ({"effects": {"future": [1]}}, "effects.future: 1 is not a word"),
        ({"effects": ["future"]}, "effects: must map names"),
        ({"light": {"actor": ["hold"]}}, "light: needs a line 'recipient'"),
        ({"light": {"actor": "hold", "recipient": []}}, "light.actor: must be a list"),
        ({"saying": {"statement": "say"}}, "saying.statement: must be a list"),
    ],
)
def test_bad_operators_are_refused(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError, match=r"^operators\.yaml:\d+: ") as error:
        load_operators(operators_file(tmp_path, **changes))
    assert message in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "pass", "effects: {}"])
def test_an_odd_operators_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "operators.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"^operators\.yaml:1: (must map|needs a line)"):
        load_operators(path)


SCALARS = ["", "expel", "$A", "AID", "on", "default", None, True, 0, 3]
VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FUZZED_KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES, st.sampled_from(["effects", "compose", "light", "saying", "entries", "type", None]))
@settings(max_examples=400, deadline=None)
def test_whatever_a_file_holds_it_loads_or_is_refused_by_line(odd: Any, part: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        changes: dict[str, object] = {"type": "SANCTION", "entries": []}
        path = operators_file(Path(folder), **changes | ({part: odd} if part else {}))
        if part is None:
            path.write_text(yaml.safe_dump(odd), "utf-8")
        faults = []
        for load in (load_classes, load_operators, partial(load_events, classes=CLASSES)):
            try:
                load(path)
            except DataError as error:
                faults.append(str(error))
        assert all(re.match(r"operators\.yaml:\d+: ", fault) for fault in faults)


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
