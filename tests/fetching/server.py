"""A web server on loopback for tests: what it answers, and what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RSS = "application/rss+xml"
HTML = "text/html; charset=utf-8"


@dataclass
class Reply:
    """One answer. ``drip`` seconds pass before each byte; ``cut`` bytes are never sent."""

    body: bytes | str = b""
    kind: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    cut: int = 0

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Answerer = Callable[[Mapping[str, str]], Reply]


class Site:
    """Pages by path; ``asked`` lists the paths in the order of the requests."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.pages: dict[str, Reply | Answerer] = {}
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    def add(self, path: str, reply: Reply | Answerer | str, kind: str = HTML) -> str:
        """Serve ``reply`` at ``path``; the whole address."""
        self.pages[path] = Reply(reply, kind) if isinstance(reply, str) else reply
        return self.root + path

    def times(self, path: str) -> int:
        return self.asked.count(path)


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            found = site.pages.get(self.path, Reply("no such page", status=404))
            reply = found if isinstance(found, Reply) else found(self.headers)
            data = reply.data
            self.send_response(reply.status)
            if reply.kind:
                self.send_header("Content-Type", reply.kind)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(data)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            data = data[: len(data) - reply.cut]
            for start in range(0, len(data), 1 if reply.drip else len(data) or 1):
                time.sleep(reply.drip)
                self.wfile.write(data[start : start + 1] if reply.drip else data)
                self.wfile.flush()

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # the client has hung up
                return

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def article(headline: str, *sentences: str) -> str:
    """A web page with one article."""
    text = " ".join(sentences) or f"{headline}. Russia imposed sanctions on Turkey on Monday."
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{headline}</title>"
        f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{headline}</h1><p>{text}</p>"
        "<p>The weather in the capital was mild for the season, with a light wind from the sea "
        "and some rain in the evening, as on most days of the year.</p></article></body></html>"
    )


def rss(*links: str, day: str = "Mon, 20 May 2019 10:00:00 +0200", more: str = "") -> str:
    """An RSS feed of these links."""
    items = "".join(
        f"<item><title>Story {n}</title><link>{link}</link><pubDate>{day}</pubDate>{more}</item>"
        for n, link in enumerate(links, 1)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Wire</title>"
        f"{items}</channel></rss>"
    )


def feeds_file(path: Path, *feeds: Mapping[str, object], **settings: object) -> Path:
    """A file of feeds that trusts loopback and does not dawdle."""
    import json

    given: dict[str, object] = {"allow_private": True, "pace": 0, "max_age": 20_000, "timeout": 1}
    lines = ["[watch]"]
    lines += [f"{name} = {json.dumps(value)}" for name, value in (given | settings).items()]
    for feed in feeds:
        lines.append("[[feed]]")
        lines += [f"{name} = {json.dumps(value)}" for name, value in feed.items()]
    path.write_text("\n".join(lines))
    return path
