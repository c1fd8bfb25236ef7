"""The built page, served over the shipped examples, in a real browser."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from crisiswire import Article, Coder
from crisiswire.config import load_config
from crisiswire.serving.app import make_app
from crisiswire.serving.demo import demo_store
from crisiswire.serving.service import Service
from helpers import ROOT

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

STATIC = ROOT / "src" / "crisiswire" / "serving" / "static"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT = 30_000  # milliseconds: a busy machine is slow, and a fault fails all the same
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
HOSTILE = Article(
    id="hostile/<b>",
    title="<img src=x onerror=\"window.owned='title'\"><script>window.owned='script'</script>",
    outlet="<b onclick=\"window.owned='outlet'\">Wire</b>",
    url="javascript:window.owned='url'",
    date=dt.date(2019, 7, 6),
    text="Norway sent medics to Sudan on Friday. <script>window.owned='text'</script> Sudan "
    'thanked Norway for the medics. <img src="https://example.org/x.png" onerror="window.owned=1"> '
    "🚢🚢 Egypt condemned the attack on the medics in Khartoum on Saturday.",
)


def _browser_path() -> str | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (MAC if Path(MAC).exists() else None)


@dataclass
class Seen:
    """A page, what it asked for and what it complained of."""

    page: Any
    base: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str = "/") -> Any:
        """Opens a state of the page and waits until it is drawn."""
        self.page.goto(self.base + address)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until all that the view asked for is answered and drawn."""
        drawn = self.page.locator("main[aria-busy=false]")
        playwright.expect(drawn).to_have_count(1, timeout=WAIT)


@pytest.fixture(scope="session")
def base(coder: Coder) -> Iterator[str]:
    """Address of the page over a store of the examples and a hostile article."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the page is not built: make web")
    config = load_config()
    with demo_store(config) as store:
        for article, events in coder.code_many([HOSTILE]):
            store.save(article, events)
        yield from _served(Service(store, config, coder=coder))


def _served(service: Service) -> Iterator[str]:
    settings = uvicorn.Config(make_app(service), log_level="error", lifespan="on")
    server = uvicorn.Server(settings)
    with socket.create_server(("127.0.0.1", 0)) as door:  # it listens before the server runs
        thread = threading.Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = _browser_path()
    if path is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    playwright.expect.set_options(timeout=WAIT)
    with playwright.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, base: str) -> Iterator[Callable[..., Seen]]:
    """Opens windows; at the end none may have asked another host or complained."""
    contexts, visits = [], []

    def begin(size: dict[str, int] = DESK, scheme: str = "light") -> Seen:
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        seen = Seen(context.new_page(), base)
        seen.page.set_default_timeout(WAIT)
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on(
            "console",
            lambda said: seen.complaints.append(said.text) if said.type == "error" else None,
        )
        visits.append(seen)
        return seen

    yield begin
    for context in contexts:
        context.close()
    for seen in visits:
        foreign = [url for url in seen.asked if not url.startswith((base, "blob:", "data:"))]
        assert foreign == []
        assert seen.complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make web")
    return AXE.read_text("utf-8")
