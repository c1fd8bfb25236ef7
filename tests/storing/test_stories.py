"""Stories in the store, whatever its database."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest

from analysing.story_samples import report
from crisiswire.analysing import stories as module
from crisiswire.analysing.stories import Placed, Story, stories, story, update_stories
from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing import EventQuery, Store

from . import judged

RAID = {"place": "Torit", "recipients": ["SSD CVL"], "more": "Chief Lokwang Odwar wept at Torit."}
OTHER = {"place": "Wau", "recipients": ["SSD CVL"], "more": "Bishop Rudolf Deng prayed at Wau."}
Told = tuple[Article, Event]


def raids() -> list[Told]:
    """Four reports of one raid, the last a denial, among three of another on the same day."""
    sentence = "Gunmen attacked a cattle camp and killed {} herders."
    bus = "A bus was attacked on the road and {} riders were shot."
    return [
        report("r1", "2021-06-01", **RAID, dead=9, sentence=sentence.format("nine"), outlet="Wire"),
        report("r2", "2021-06-02", **RAID, dead=12, sentence=sentence.format("12"), outlet="Post",
               speaker="the governor"),
        report("r3", "2021-06-02", **RAID, dead=12, sentence=sentence.format("12"), outlet="Wire"),
        report("r4", "2021-06-03", **RAID, day="", denies=True, speaker="the army",
               sentence="Gunmen did not attack the cattle camp.", trigger="attack", outlet="Sun"),
        report("w1", "2021-06-01", **OTHER, dead=3, sentence=bus.format("three"), outlet="Post"),
        report("w2", "2021-06-02", **OTHER, dead=3, sentence=bus.format("three"), outlet="Sun"),
        report("w3", "2021-06-05", **OTHER, day="", dead=4, sentence=bus.format("four")),
    ]  # fmt: skip


def save(store: Store, told: list[Told]) -> None:
    for article, event in told:
        store.save(article, [event])


def members(store: Store) -> dict[str, list[str]]:
    """The documents of each story, by its id."""
    return {one.id: sorted(one.documents) for one in stories(store)}


def the_raid(store: Store) -> Story:
    return next(one for one in stories(store) if "r1" in one.documents)


def test_reports_of_one_event_are_one_story(store: Store) -> None:
    save(store, raids())
    assert update_stories(store) == Placed(7, 2)
    assert sorted(members(store).values()) == [["r1", "r2", "r3", "r4"], ["w1", "w2", "w3"]]


def test_every_event_is_in_exactly_one_story(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    placed = [
        (r.stored.event.document_id, r.stored.event.event_id)
        for one in stories(store)
        for r in one.reports
    ]
    assert sorted(placed) == sorted((s.event.document_id, s.event.event_id) for s in store.events())


def test_once_placed_nothing_moves(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    before = members(store)
    assert update_stories(store) == Placed(0, 0)
    assert members(store) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_saving_does_not_count(store: Store, seed: int) -> None:
    told = raids()
    save(store, told)
    update_stories(store)
    before = members(store)
    random.Random(seed).shuffle(told)
    save(store, told)
    assert update_stories(store, rebuild=True) == Placed(7, 2)
    assert members(store) == before


@pytest.mark.parametrize("size", [1, 2, 3])
def test_neither_does_the_number_of_runs_or_their_size(
    store: Store, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = sorted(raids(), key=lambda pair: (pair[0].date, pair[0].id))
    save(store, told)
    update_stories(store)
    whole = members(store)
    for article, _ in told:
        store.delete_article(article.id)
    update_stories(store, rebuild=True)
    monkeypatch.setattr(module, "_BATCH", size)
    for start in range(0, len(told), 4):
        save(store, told[start : start + 4])
        update_stories(store)
    assert members(store) == whole


def test_an_id_stays_as_reports_are_added(store: Store) -> None:
    ids = []
    for article, event in raids()[:4]:
        store.save(article, [event])
        update_stories(store)
        ids.append(the_raid(store).id)
    assert all(one == other for one, other in pairwise(ids))


def test_an_article_coded_anew_returns_to_its_story(store: Store) -> None:
    told = raids()
    save(store, told)
    update_stories(store)
    before = members(store)
    save(store, told[:2])  # the first of them had opened the story
    assert update_stories(store) == Placed(2, 0)
    assert members(store) == before


def test_a_corrected_event_goes_where_it_belongs(store: Store) -> None:
    """Also the one that opened the story: those that joined it stay, under the same id."""
    told = raids()
    save(store, told)
    update_stories(store)
    before = the_raid(store)
    other_day = {"date": {"text": "May 3", "start": "2021-05-03", "end": "2021-05-03"}}
    other_day["date"]["precision"] = "day"
    judgement = store.reviews.judge(told[0][1].event_id, "change", by="Ada", changes=other_day)
    assert update_stories(store) == Placed(1, 1)
    assert next(one for one in stories(store) if one.documents == ("r1",)).id != before.id
    assert members(store)[before.id] == ["r2", "r3", "r4"]
    store.reviews.undo(judgement.id, by="Ada")
    assert update_stories(store) == Placed(1, 0)
    assert members(store)[before.id] == ["r1", "r2", "r3", "r4"]


def test_what_a_judgement_leaves_as_it_is_stays_in_its_story(store: Store) -> None:
    store.save(judged.told(), [judged.coded(0)])
    update_stories(store)
    store.reviews.judge(judged.coded(0).event_id, "confirm", by="Ada")
    assert update_stories(store) == Placed(0, 0)


def test_a_story_that_lost_all_its_events_is_gone_until_they_come_back(store: Store) -> None:
    article, event = raids()[0]
    store.save(article, [event])
    update_stories(store)
    before = members(store)
    store.delete_article(article.id)
    assert members(store) == {}
    store.save(article, [event])
    update_stories(store)
    assert members(store) == before


def test_versions_stand_side_by_side_with_who_says_so(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    raid = the_raid(store)
    assert [(v.value, v.tellers) for v in raid.versions("dead")] == [
        ("9", ("Wire",)),
        ("12", ("the governor (Post)", "Wire")),
    ]
    assert raid.span("dead") == (9, 12)
    assert raid.span("injured") is None
    assert [(v.value, v.tellers) for v in raid.versions("status")] == [
        ("actual", ("Wire", "the governor (Post)")),
        ("negated", ("the army (Sun)",)),
    ]
    assert raid.outlets == ("Wire", "Post", "Sun")
    assert raid.place is not None
    assert (raid.event_type, raid.place.name) == ("ASSAULT", "Torit")
    assert raid.when.start == raid.when.end == dt.date(2021, 6, 1)


def test_a_denial_stands_with_what_it_denies(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    raid = the_raid(store)
    assert [stored.event.document_id for stored in raid.denials] == ["r4"]
    assert {stored.event.document_id for stored in raid.told} == {"r1", "r2", "r3"}


def test_each_report_says_why_it_is_there(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    first, *rest = the_raid(store).reports
    assert (first.place.score, first.place.reasons) == (None, ())
    for report_ in rest:
        assert report_.place.score is not None
        assert report_.place.like_event in {"r1-1", "r2-1", "r3-1"}
        assert {"same_spot", "names"} <= {reason.name for reason in report_.place.reasons}


def test_filters_choose_stories_and_show_all_their_reports(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    found = list(stories(store, EventQuery(outlet="Sun")))
    assert [len(one.reports) for one in found] == [3, 4]  # by the day of what the Sun tells
    assert [len(one.reports) for one in stories(store, EventQuery(text="bus"))] == [3]
    assert [one.id for one in stories(store, EventQuery(outlet="Sun", limit=1))] == [found[0].id]
    assert [one.id for one in stories(store, EventQuery(outlet="Sun", limit=1, offset=1))] == [
        found[1].id
    ]
    assert list(stories(store, EventQuery(place_country="UGA"))) == []


def test_a_story_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    save(store, raids())
    update_stories(store)
    raid = the_raid(store)
    found = story(store, raid.id[:8])
    assert found is not None
    assert found.id == raid.id
    assert story(store, "0" * 16) is None
    assert story(store, raid.id[:3]) is None


def test_an_id_that_several_begin_with_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "crisiswire.analysing.story_shelf.story_ids_of",
        lambda t: (f"abcdef-{t.document_id}", f"abcdef-{t.document_id}-apart"),
    )
    save(store, [raids()[0], raids()[4]])
    update_stories(store)
    with pytest.raises(StoreError, match=r"several are meant: abcdef-r1, abcdef-w1"):
        story(store, "abcdef")
