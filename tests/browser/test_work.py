"""On the page an analyst judges events, adds missed ones and tries a text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from browser.conftest import Seen, playwright

expect = playwright.expect

Visit = Callable[..., Seen]

ARTICLE = "/articles?id=uprising-fizzles"


def test_a_correction_is_kept(visit: Visit) -> None:
    seen = visit()
    page = seen.open(ARTICLE)
    if not page.evaluate("fetch('/api/about').then(r => r.json()).then(a => a.can_review)"):
        pytest.skip("this server takes no reviews")
    page.keyboard.press("j")
    page.locator(".judging").wait_for()
    page.keyboard.press("c")
    page.get_by_role("alert").get_by_text("Say who you are").wait_for()
    page.get_by_label("Reviewing as").fill("Ana")
    page.keyboard.press("Tab")
    page.keyboard.press("e")
    page.get_by_role("combobox", name="Type").select_option("THREATEN")
    page.get_by_role("textbox", name="Why", exact=True).fill("it is a warning")
    page.get_by_role("button", name="Save").click()
    page.locator(".event.on").get_by_text("corrected").first.wait_for()
    page.reload()
    event = page.locator(".event.on")
    expect(event.get_by_text("Ana: corrected")).to_be_visible()
    expect(event.locator(".type")).to_have_text("Threaten")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The judgement is taken back.").wait_for()
    expect(event.locator(".type")).not_to_have_text("Threaten")


def test_a_missed_event_is_added_at_words_chosen_with_the_mouse(visit: Visit) -> None:
    seen = visit()
    page = seen.open(ARTICLE)
    before = page.locator(".event").count()
    text = page.locator(".reader .text")
    text.get_by_text("Leopoldo Lopez").dblclick(position={"x": 60, "y": 14})
    add = page.get_by_role("button", name=re.compile("^Add an event at “"))
    word = (add.text_content() or "").partition("“")[2].partition("”")[0]
    page.keyboard.press("a")
    form = page.get_by_role("form", name="A missed event")
    expect(form.get_by_label("Words", exact=True)).to_have_value(word)
    expect(text.locator("mark.trigger.on")).to_have_text(word)
    form.get_by_role("button", name="Add the event").click()
    form.get_by_role("alert").get_by_text("Type: choose what was done.").wait_for()
    form.get_by_label("Type").select_option("ASSAULT")
    form.get_by_label("Mode").select_option("beat")
    form.get_by_label("Status").select_option("negated")
    form.get_by_label("Who", exact=True).fill("Lopez")
    form.get_by_label("To whom").fill("=Red Crescent [NGO MED]")
    form.get_by_label("When").fill("2019-04-30")
    form.get_by_label("Where").fill("Caracas")
    form.get_by_label("Why").fill("told in passing")
    form.get_by_label("Reviewing as").fill("Ana")
    form.get_by_role("button", name="Add the event").click()
    event = page.locator(".event.on")
    expect(event.get_by_text("Ana: added, “told in passing”")).to_be_visible()
    page.reload()
    expect(event.locator(".event-line")).to_contain_text("Assault beat")
    expect(event.locator(".event-line")).to_contain_text("Red Crescent")
    expect(event.locator(".fields-table")).to_contain_text("30 Apr 2019")
    expect(event.locator(".fields-table")).to_contain_text("Caracas")
    expect(event.get_by_text("did not happen").first).to_be_visible()
    expect(page.locator(".event")).to_have_count(before + 1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".event")).to_have_count(before)


def test_a_missed_event_is_added_by_keyboard_alone(visit: Visit) -> None:
    seen = visit()
    page = seen.open(ARTICLE)
    before = page.locator(".event").count()
    page.evaluate("localStorage.setItem('crisiswire.reviewer', 'Ben')")
    page.reload()
    seen.settle()
    page.get_by_role("group", name=re.compile("^Text")).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    chosen = page.evaluate("getSelection().toString()").strip()
    assert len(chosen.split()) == 2
    page.keyboard.press("a")
    form = page.get_by_role("form", name="A missed event")
    expect(form.get_by_label("Words", exact=True)).to_have_value(chosen)
    expect(form.get_by_label("Type")).to_be_focused()
    page.keyboard.type("Acc")
    page.get_by_role("group", name=re.compile("^Text")).focus()
    page.keyboard.press("ArrowRight")
    take = form.get_by_role("button", name=re.compile("^Who: take “"))
    taken = page.evaluate("getSelection().toString()").strip()
    expect(take).to_have_accessible_name(f"Who: take “{taken}”")
    take.press("Enter")
    expect(form.get_by_label("Who", exact=True)).to_have_value(taken)
    form.get_by_label("Who", exact=True).press("Enter")
    expect(page.locator(".event")).to_have_count(before + 1)
    expect(page.locator(".event.on .type")).to_have_text("Accuse")
    page.get_by_role("button", name="Undo").wait_for()
    page.keyboard.press("u")
    expect(page.locator(".event")).to_have_count(before)


def test_a_text_is_tried_and_not_kept(visit: Visit) -> None:
    seen = visit()
    page = seen.open("/articles")
    note = page.locator(".view-head .note").inner_text()
    page.keyboard.press("6")
    page.get_by_role("button", name="Code it").click()
    page.get_by_role("alert").get_by_text("Paste a text first.").wait_for()
    text = page.get_by_label("The text")
    text.fill("🚢 Chile sent blankets to Peru on Monday.\n\nPeru thanked <b>Chile</b>.")
    page.get_by_label("Its date").fill("2019-05-15")
    page.get_by_label("Outlet, if known").fill("Harbour Post")
    text.press("Control+Enter")
    page.get_by_role("heading", name=re.compile(r"^\d events? j and k")).wait_for()
    page.keyboard.press("j")
    event = page.locator(".event.on")
    expect(event.locator(".event-line")).to_contain_text("Chile Aid")
    expect(event.locator(".fields-table")).to_contain_text("13 May 2019")
    expect(event.get_by_text("the event model gives")).to_be_visible()
    expect(page.locator(".text mark.trigger.on")).to_have_text("sent")
    expect(page.locator(".text")).to_contain_text("<b>Chile</b>")
    page.keyboard.press("5")
    expect(page.locator(".view-head .note")).to_have_text(note)
    page.keyboard.press("6")
    page.get_by_role("button", name="Edit the text").click()
    text.fill(
        "La situación de los hospitales en la capital es grave y no hay agua ni luz desde ayer."
    )
    text.press("Control+Enter")
    page.get_by_text("Not coded:").wait_for()


def test_a_rejected_event_can_be_taken_up_again(visit: Visit) -> None:
    seen = visit()
    page = seen.open(ARTICLE)
    expect(page.locator(".event").first).to_be_visible()
    before = page.locator(".event").count()
    page.evaluate("localStorage.setItem('crisiswire.reviewer', 'Ben')")
    page.reload()
    seen.settle()
    page.keyboard.press("j")
    page.locator(".judging").wait_for()
    page.keyboard.press("x")
    page.get_by_role("heading", name="1 event rejected").wait_for()
    expect(page.locator(".event")).to_have_count(before - 1)
    page.locator(".rejected").get_by_role("button", name="Undo").click()
    expect(page.locator(".event")).to_have_count(before)
