"""How fast the page feels, in a browser, over a store of made-up events.

python eval/bench_page.py [--events 100000] [--store bench.db] [--times 5]

Serves the store of bench_serve.py and opens the built page in Chromium. Prints, in milliseconds:
how long a first view takes from the address to everything drawn, on a fresh browser; and for each
interaction how long from the input to the first frame that shows its effect. For one that must ask
the server that is the old view dimmed, and a second figure says when the new one stood.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from eval.bench_serve import fill, wait_for  # noqa: E402

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
SIZE = {"width": 1280, "height": 800}
VIEWS = ("/", "/timeline", "/map", "/actors", "/articles")
DRAWN = "main[aria-busy=false]"
# From the next input to the frame after it (``shown``), and to the frame after all answers are
# drawn (``drawn``): two animation frames, since the first comes before painting.
WATCH = """kind => {
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  window.bench = new Promise((done) => {
    addEventListener(kind, (event) => {
      const from = event.timeStamp;
      painted(() => {
        const shown = performance.now() - from;
        const wait = () => document.querySelector('main[aria-busy=false]')
          ? painted(() => done({shown, drawn: performance.now() - from}))
          : requestAnimationFrame(wait);
        wait();
      });
    }, {capture: true, once: true});
  });
}"""
FIRST_VIEW = """() => new Promise((done) => {
  const wait = () => document.querySelector('main[aria-busy=false]')
    ? requestAnimationFrame(() => done(performance.now()))
    : requestAnimationFrame(wait);
  wait();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="keep the store here for the next time")
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "bench.db"
        if not store.exists():
            fill(store, chosen.events)
        with_server(store, Path(folder), chosen.times)


def with_server(store: Path, folder: Path, times: int) -> None:
    """Start the server, measure, stop it."""
    command = [sys.executable, "-m", "crisiswire", "serve", "--store", str(store), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, env=environment)
        try:
            measure(wait_for(folder / "log"), times)
        finally:
            process.terminate()
            process.wait()


def measure(base: str, times: int) -> None:
    """Print all figures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("google-chrome") or MAC
        browser: Any = play.chromium.launch(executable_path=path, args=FLAGS)
        print(f"{'first view':32} {'first':>7} {'again':>7}")
        for view in VIEWS:
            figures = [first_view(browser, base + view) for _ in range(times)]
            print(f"{view:32} {figures[0]:7.0f} {statistics.median(figures[1:]):7.0f}")
        print(f"\n{'interaction':32} {'median':>7} {'worst':>7} {'drawn':>7}")
        page = browser.new_context(viewport=SIZE).new_page()
        page.set_default_timeout(60_000)
        for name, (view, kind, act) in ACTS.items():
            tell(name, [acted(page, base + view, kind, act, n) for n in range(times)])
        browser.close()


def tell(name: str, figures: list[dict[str, float]]) -> None:
    shown = [figure["shown"] for figure in figures]
    drawn = statistics.median(figure["drawn"] for figure in figures)
    print(f"{name:32} {statistics.median(shown):7.0f} {max(shown):7.0f} {drawn:7.0f}")


def first_view(browser: Any, address: str) -> float:
    """Milliseconds from the start of the navigation to all drawn, with an empty cache."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("main")
    taken: float = page.evaluate(FIRST_VIEW)
    context.close()
    return taken


def acted(
    page: Any, address: str, kind: str, act: Callable[[Any, int], None], n: int
) -> dict[str, float]:
    """One interaction on a drawn view."""
    page.goto(address)
    page.locator(DRAWN).wait_for()
    prepare(page, act)
    page.evaluate(WATCH, kind)
    act(page, n)
    figures: dict[str, float] = page.evaluate("window.bench")
    return figures


def prepare(page: Any, act: Callable[[Any, int], None]) -> None:
    """What must be open before the interaction that is measured."""
    if act is type_chip:
        page.get_by_role("button", name="Type", exact=True).click()
    elif act is brush:
        box = page.locator(".brush svg").bounding_box()
        page.mouse.move(box["x"] + 300, box["y"] + 20)
        page.mouse.down()
    elif act in (next_event, previous_event):
        page.locator(".panel .card, .reader .event").first.wait_for()
        page.keyboard.press("j")
    page.locator(DRAWN).wait_for()


def type_chip(page: Any, n: int) -> None:
    page.locator(".sheet .option").nth(n % 12).click()


def take_chip_away(page: Any, n: int) -> None:  # noqa: ARG001
    page.locator(".chip").first.click()


def brush(page: Any, n: int) -> None:
    box = page.locator(".brush svg").bounding_box()
    page.mouse.move(box["x"] + 500 + 10 * n, box["y"] + 20)


def hover_bar(page: Any, n: int) -> None:
    point_at(page, "rect.catch", 20 + n)


def hover_node(page: Any, n: int) -> None:
    point_at(page, ".knot", n)


def hover_place(page: Any, n: int) -> None:
    point_at(page, ".spot", n)


def point_at(page: Any, what: str, n: int) -> None:
    box = page.locator(what).nth(n).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def wheel(page: Any, n: int) -> None:  # noqa: ARG001
    point_at(page, ".graph svg, .world svg", 0)
    page.mouse.wheel(0, -200)


def tab(name: str) -> Callable[[Any, int], None]:
    return lambda page, _: page.get_by_role("link", name=name, exact=True).click()


def next_event(page: Any, n: int) -> None:  # noqa: ARG001
    page.keyboard.press("j")


def previous_event(page: Any, n: int) -> None:  # noqa: ARG001
    page.keyboard.press("k")


def open_bar(page: Any, n: int) -> None:
    page.locator("rect.catch").nth(10 + n).click()


def split(page: Any, n: int) -> None:  # noqa: ARG001
    page.get_by_role("button", name="Types").click()


# Name: the view, the input that is watched, and what is done.
PANEL = "/timeline?in.bucket=month.2019-05-01"
DENSE = "/actors?level=actor&lines=500"
ACTS: dict[str, tuple[str, str, Callable[[Any, int], None]]] = {
    "filter chosen": ("/timeline", "click", type_chip),
    "chip taken away": ("/timeline?type=AID", "click", take_chip_away),
    "brush drawn": ("/timeline", "pointermove", brush),
    "bar pointed at": ("/timeline", "pointermove", hover_bar),
    "bar opened": ("/timeline", "click", open_bar),
    "types split": ("/timeline", "click", split),
    "to the map": ("/", "click", tab("Map")),
    "to the articles": ("/", "click", tab("Articles")),
    "j in the evidence": (PANEL, "keydown", next_event),
    "k in the evidence": (PANEL, "keydown", previous_event),
    "j in an article": ("/articles?id=report-77", "keydown", next_event),
    "place pointed at": ("/map", "pointermove", hover_place),
    "map zoomed": ("/map", "wheel", wheel),
    "actor pointed at, 500 lines": (DENSE, "pointermove", hover_node),
    "network zoomed, 500 lines": (DENSE, "wheel", wheel),
}


if __name__ == "__main__":
    main()
