"""The page does what an analyst asks of it, with the mouse and with the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from browser.conftest import HOSTILE, PHONE, Seen, playwright

expect = playwright.expect

Visit = Callable[..., Seen]

VIEWS = {
    "/": "What turned",
    "/timeline": "Events by week",
    "/timeline?split=type&measure=intensity": "Intensity by week",
    "/map?arcs=shown": "Where it happened",
    "/actors": "Who acts toward whom",
    "/actors?level=actor&ego=tur": "Around Turkey",
    "/actors?id=tur": "Turkey",
    "/articles": "Articles",
    "/articles?id=bridges-aid-clashes": "Troops block aid",
    "/try": "Try a text",
    "/search?q=sanctions": "“sanctions”",
}
ARTICLE = "/articles?id=uprising-fizzles"


def query(page: object) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("address", "title"), VIEWS.items())
def test_each_view_opens_at_its_address(visit: Visit, address: str, title: str) -> None:
    page = visit().open(address)
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.parametrize(("address", "title"), VIEWS.items())
def test_a_phone_shows_each_view_within_its_width(visit: Visit, address: str, title: str) -> None:
    page = visit(PHONE).open(address)
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("address", [*VIEWS, "/timeline?in.type=ASSAULT"])
def test_axe_finds_no_serious_fault(visit: Visit, axe: str, address: str) -> None:
    page = visit().open(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.evaluate(axe)
    check_by_axe(page)
    page.emulate_media(color_scheme="dark")
    check_by_axe(page)


def test_axe_finds_no_serious_fault_in_the_forms(visit: Visit, axe: str) -> None:
    seen = visit()
    page = seen.open(ARTICLE)
    page.evaluate(axe)
    page.locator(".reader .text p").nth(1).dblclick(position={"x": 60, "y": 14})
    page.keyboard.press("a")
    page.get_by_role("form", name="A missed event").wait_for()
    check_by_axe(page)
    page.get_by_role("button", name="Cancel").click()
    page.keyboard.press("j")
    page.locator(".judging").wait_for()
    page.keyboard.press("e")
    page.locator(".correction").wait_for()
    check_by_axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Timeline").click()
    seen.settle()
    page.get_by_role("button", name="Who → whom").click()
    page.get_by_role("combobox", name="Who", exact=True).select_option("USA")
    check_by_axe(page)


def check_by_axe(page: Any) -> None:
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    bad = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    told = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in bad]
    assert not bad, json.dumps(told, indent=1)


def test_a_filter_narrows_all_views_and_stays_in_the_address(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/timeline")
    total = page.locator(".total")
    expect(total).to_have_text(re.compile("events$"))
    before = total.inner_text()
    page.get_by_role("button", name="Type", exact=True).click()
    page.get_by_role("button", name=re.compile("^Assault")).click()
    page.keyboard.press("Escape")
    expect(total).not_to_have_text(before)
    expect(page).to_have_url(re.compile("/timeline.*[?&]type=ASSAULT"))
    page.get_by_role("link", name="Map").click()
    seen.settle()
    expect(page).to_have_url(re.compile("/map.*[?&]type=ASSAULT"))
    page.get_by_role("button", name="Take away: Assault").click()
    expect(total).to_have_text(before)
    expect(page).not_to_have_url(re.compile("type="))


def test_several_countries_are_chosen(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/timeline?actor=USA")
    page.get_by_role("button", name="Who → whom").click()
    who = page.get_by_role("combobox", name="Who", exact=True)
    who.select_option("RUS")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Take away: by Russia").wait_for()
    page.get_by_role("button", name="Where").click()
    options = page.locator(".sheet .option")
    options.nth(0).click()
    options.nth(1).click()
    page.keyboard.press("Escape")
    expect(page.locator(".chip", has_text=re.compile("^in "))).to_have_count(2)
    seen.settle()
    asked = query(page)
    assert asked["actor"] == ["USA", "RUS"]
    assert len(asked["country"]) == 2


def test_countries_are_chosen_one_way_or_either(visit: Visit) -> None:
    page = visit().open("/actors")
    page.get_by_role("button", name="Who → whom").click()
    page.get_by_role("combobox", name="Who", exact=True).select_option("USA")
    page.get_by_role("combobox", name="To whom").select_option("VEN")
    page.get_by_label("either way").check()
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Take away: United States ↔ Venezuela").wait_for()
    assert query(page)["dyad"] == ["USA~VEN"]


def test_two_clicks_lead_from_a_bar_to_its_words(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/timeline")
    page.locator("rect.catch").nth(4).click()
    card = page.locator(".panel .card").first
    words = card.locator(".sentence mark.trigger").first.inner_text()
    card.locator("a").last.click()
    marked = page.locator(".reader .text mark.trigger.on", has_text=words)
    expect(marked.first).to_be_visible()
    page.go_back()
    expect(page.locator(".panel")).to_be_visible()


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_a_bar_s_list_has_the_events_that_it_counts(visit: Visit, by: str) -> None:
    page = visit().open(f"/timeline?by={by}&since=2019-04-01&until=2019-05-31")
    chart = page.get_by_role("application", name=re.compile("^Events by"))
    chart.press("ArrowRight")
    for _ in range(2):
        chart.press("ArrowRight")
        counted = page.locator(".chart .legend b").all_inner_texts()
        chart.press("Enter")
        number = sum(map(int, counted))
        expect(page.locator(".panel .count")).to_have_text(
            re.compile(f"^{number} events?, latest first")
        )


def test_a_line_opens_the_events_of_its_two_actors(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/actors?level=actor&shape=table")
    for row in page.locator(".columns table tbody tr").all()[:3]:
        who, whom, events, _ = row.locator("td").all_inner_texts()
        row.get_by_role("button").click()
        expect(page.locator(".panel h2")).to_have_text(f"{who} → {whom}")
        expect(page.locator(".panel .count")).to_have_text(re.compile(f"^{events} events?,"))
        cards = page.locator(".panel .card .event-line")
        expect(cards).to_have_count(min(int(events), 30))
        for name in ("in.party", "in.counterpart"):
            actor = page.locator(f"a[href*='id={quote(query(page)[name][0])}']")
            expect(cards.filter(has=actor)).to_have_count(min(int(events), 30))


def test_a_turn_opens_the_events_behind_it(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/?window=month")
    page.locator(".turn .pair").first.click()
    expect(page.locator(".panel .card").first).to_be_visible()


def test_a_place_and_a_line_open_their_events(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/map")
    page.get_by_role("button", name=re.compile("^Oslo")).press("Enter")
    expect(page.locator(".panel h2")).to_contain_text("Oslo")
    page = seen.open("/actors?shape=table")
    page.get_by_role("button", name=re.compile("show them")).first.click()
    expect(page.locator(".panel .card").first).to_be_visible()


def test_dragging_over_the_strip_sets_the_period(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/timeline")
    box = page.locator(".brush svg").bounding_box()
    middle = box["y"] + 20
    page.mouse.move(box["x"] + 300, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, middle, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("since"))
    seen.settle()
    asked = query(page)
    assert "2019-01-21" < asked["since"][0] < asked["until"][0] < "2019-07-15"


def test_hostile_words_stay_words(visit: Visit) -> None:
    seen = visit()
    for address in ("/articles", f"/articles?id={quote(HOSTILE.id)}", "/search?q=medics",
                    "/?in.country=SDN", "/actors?level=actor"):  # fmt: skip
        page = seen.open(address)
        assert page.evaluate("window.owned") is None
        assert page.locator("a[href^='javascript:']").count() == 0
    page = seen.open(f"/articles?id={quote(HOSTILE.id)}")
    expect(page.locator("h1")).to_have_text(HOSTILE.title or "")
    expect(page.locator(".text")).to_contain_text("window.owned='text'")
    assert page.locator(".text img, .text script").count() == 0


def test_offsets_hold_after_characters_of_two_units(visit: Visit) -> None:
    page = visit().open(f"/articles?id={quote(HOSTILE.id)}")
    expect(page.locator(".text mark.trigger", has_text=re.compile("^condemned$"))).to_be_visible()


def test_the_keyboard_alone_leads_to_an_article(visit: Visit) -> None:
    seen = visit()
    page = seen.open()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.keyboard.press("2")
    page.get_by_role("heading", name="Events by week").wait_for()
    page.get_by_role("application", name=re.compile("^Events by")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".panel .card").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.locator(".panel .card.current").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Enter")
    page.locator(".reader .event.on").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("Norway")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="“Norway”").wait_for()


def test_a_chart_is_saved_as_a_picture(visit: Visit) -> None:
    page = visit().open("/timeline")
    for form, head in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as saving:
            page.get_by_role("button", name=form, exact=True).click()
        assert saving.value.path().read_bytes().startswith(head)


def test_what_is_missing_says_so(visit: Visit) -> None:
    seen = visit()
    page = seen.page
    page.goto(f"{seen.base}/articles?id=no-such-article")
    page.get_by_role("alert").get_by_text("Not found.").wait_for()
    seen.complaints.clear()  # the browser tells of the 404
    page = seen.open("/timeline?outlet=Nobody")
    page.get_by_text("No event meets these filters.").wait_for()


def test_the_switch_turns_the_page_dark_and_stays(visit: Visit) -> None:
    page = visit().open()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark page").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    page.get_by_role("button", name="Light page").wait_for()
    assert light != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")
