"""Take the pictures of the page that the documentation shows, on the shipped examples.

Usage: python scripts/make_screenshots.py

Needs the built page (make web) and a Chromium. Writes docs/images/*.png.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = 8491
BASE = f"http://127.0.0.1:{PORT}"
DESK = (1280, 800)
PHONE = (390, 844)
COLOURS = 256  # of a picture's palette: keeps each under 150 KB
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]

# Name of the picture, address, size, light or dark.
PICTURES = [
    ("now", "/", DESK, "light"),
    ("timeline", "/timeline?in.bucket=week.2019-04-29", DESK, "light"),
    ("types", "/timeline?split=type", DESK, "light"),
    ("map", "/map", DESK, "light"),
    ("actors", "/actors", DESK, "light"),
    ("actor", "/actors?id=nicolas-maduro", DESK, "light"),
    ("article", "/articles?id=bridges-aid-clashes", DESK, "light"),
    ("missed", "/articles?id=uprising-fizzles", DESK, "light"),
    ("try", "/try", DESK, "light"),
    ("search", "/search?q=sanctions", DESK, "light"),
    ("dark", "/articles?id=uprising-fizzles", DESK, "dark"),
    ("phone", "/timeline", PHONE, "light"),
]


def main() -> int:
    """Serve the examples and take each picture."""
    command = [sys.executable, "-m", "crisiswire", "serve", "--demo", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait()
        IMAGES.mkdir(exist_ok=True)
        with sync_playwright() as play:
            path = shutil.which("chromium") or shutil.which("google-chrome") or MAC
            browser = play.chromium.launch(executable_path=path, args=FLAGS)
            for name, address, size, scheme in PICTURES:
                _take(browser, name, address, size, scheme)
    finally:
        server.terminate()
        server.wait()
    return 0


def _wait(seconds: int = 300) -> None:
    """Until the server answers. Raises TimeoutError."""
    for _ in range(seconds):
        try:
            with urlopen(f"{BASE}/api/health", timeout=5):
                return
        except OSError:
            time.sleep(1)
    raise TimeoutError(f"crisiswire serve did not answer at {BASE} within {seconds} s")


def _take(browser: Any, name: str, address: str, size: tuple[int, int], scheme: str) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(BASE + address)
    _settled(page)
    if name in ACTS:
        ACTS[name](page)
        _settled(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    palette = shot.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    shot.quantize(palette=palette, dither=Image.Dither.NONE).save(
        IMAGES / f"{name}.png", optimize=True
    )
    context.close()


def _settled(page: Any) -> None:
    """Until all that the page asked for is drawn."""
    expect(page.locator("main[aria-busy=false]")).to_have_count(1, timeout=60_000)
    page.wait_for_load_state("networkidle")


def _open_event(page: Any) -> None:
    page.locator(".event .pick").nth(1).click()
    page.locator(".judging").wait_for()


def _miss_event(page: Any) -> None:
    page.get_by_text("Leopoldo Lopez").dblclick(position={"x": 100, "y": 14})
    page.keyboard.press("a")
    form = page.get_by_role("form", name="A missed event")
    form.get_by_label("Type").select_option("SUPPORT")
    form.get_by_label("Who", exact=True).fill("Leopoldo Lopez")
    page.get_by_text("Leopoldo Lopez").dblclick(position={"x": 30, "y": 14})


def _try_text(page: Any) -> None:
    page.get_by_role("button", name="Take an example").click()
    page.get_by_label("Its date").fill("2019-05-16")
    page.get_by_role("button", name="Code it").click()
    page.locator(".reader .event .pick").nth(1).click()


ACTS = {
    "article": _open_event,
    "dark": _open_event,
    "missed": _miss_event,
    "try": _try_text,
}

if __name__ == "__main__":
    raise SystemExit(main())
