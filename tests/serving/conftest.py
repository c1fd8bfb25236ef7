"""A store of a few days' events, served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from crisiswire.analysing.stories import update_stories
from crisiswire.config import Config, load_config
from crisiswire.model import Actor, Attribution, Place
from crisiswire.serving.app import make_app
from crisiswire.serving.gate import Access
from crisiswire.serving.service import Service
from crisiswire.storing import Store, open_store
from storing.samples import article, event, when

BASE = "http://localhost"
WORK = {"X-Crisiswire": "1"}
DAY = dt.date(2019, 5, 1)
HOSTILE = "<script>alert(1)</script>\u202e'\"; DROP TABLE events;--"

USA = Actor("the US", 0, 6, "United States", "USA", (), "usa")
VEN = Actor("Venezuela", 7, 16, "Venezuela", "VEN", (), "ven")
MADURO = Actor("Maduro", 7, 13, "Nicolas Maduro", "VEN", ("GOV",), "nicolas-maduro")
UNKNOWN = Actor(HOSTILE, 0, 9, HOSTILE, None, ("CVL",))
CARACAS = Place(
    "Caracas", 20, 27, "Caracas", "VEN", "Capital", 10.48, -66.87, 3646738, "capital", "at"
)

Serve = Callable[..., TestClient]


def fill(store: Store, number: int = 12) -> None:
    """``number`` articles of three events each, one article a day."""
    kinds = ("SANCTION", "AID", "ACCUSE", "CONSULT")
    quads = {"SANCTION": "material conflict", "AID": "material cooperation",
                 "ACCUSE": "verbal conflict", "CONSULT": "verbal cooperation"}  # fmt: skip
    intensity = {"SANCTION": -6.0, "AID": 10.0, "ACCUSE": -3.0, "CONSULT": 2.5}
    for n in range(number):
        day = DAY + dt.timedelta(n)
        name = f"report/{n}"
        events = []
        for i in range(3):
            kind = kinds[(n + i) % 4]
            source, target = ((USA, VEN), (VEN, USA), (UNKNOWN, MADURO))[(n * i) % 3]
            said = Attribution("statement", MADURO, "said") if i == 1 else Attribution("outlet")
            events.append(
                event(
                    name, f"{n:04x}{i:04x}0000", sentence=i, event_type=kind, mode=None,
                    quad_class=quads[kind], intensity=intensity[kind], actors=(source,),
                    recipients=(target,), date=when(day), place=CARACAS if n % 2 else None,
                    attribution=said, status="future" if n % 5 == 4 else "actual",
                )
            )  # fmt: skip
        outlet = HOSTILE if n % 3 == 0 else "Fjord Post"
        text = f"the US Venezuela at Caracas, report {n}. {HOSTILE}"
        store.save(article(name, date=day, outlet=outlet, title=HOSTILE, text=text), events)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with articles and events."""
    with open_store(tmp_path / "served.db") as opened:
        fill(opened)
        update_stories(opened)
        yield opened


@pytest.fixture
def serve(store: Store) -> Serve:
    """Serves the store, with settings and access of one's own."""

    def made(
        access: Access | None = None, limits: dict[str, Any] | None = None, **more: Any
    ) -> TestClient:
        service = Service(store, settings(**limits or {}), access or Access(), **more)
        return TestClient(make_app(service), base_url=BASE)

    return made


def settings(**limits: Any) -> Config:
    """The defaults with other limits of the server."""
    config = load_config()
    return config.model_copy(update={"serve": config.serve.model_copy(update=limits)})


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """Asks the store's server."""
    return serve()
