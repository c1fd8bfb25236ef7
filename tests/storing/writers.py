"""Processes that write into one store."""

from __future__ import annotations

from multiprocessing.connection import Connection

from crisiswire.storing import Store, open_store

from .samples import article, event, party

EVENTS = 5  # of each article


def write(url: str, prefix: str, count: int) -> None:
    """Save ``count`` articles."""
    with open_store(url) as store:
        for number in range(count):
            save(store, f"{prefix}-{number}")


def write_forever(url: str, prefix: str, reports: Connection) -> None:
    """Save articles until killed, some of them again, reporting each once it is saved."""
    with open_store(url) as store:
        number = 0
        while True:
            for name in (f"{prefix}-{number}", f"{prefix}-{number // 2}"):
                save(store, name)
                reports.send(name)
            number += 1


def save(store: Store, name: str) -> None:
    """Save one article with its events."""
    events = [
        event(name, f"{name}-{index}", sentence=index, actors=(party("RUS", "MIL", "GOV"),))
        for index in range(EVENTS)
    ]
    store.save(article(name, text=name * 200), events)
