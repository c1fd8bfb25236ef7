"""New events put into stories while the server answers.

Other programs write into the store too, so it is looked at again and again. The work is done in a
process of its own: beside it, in this one, every answer would wait.
"""

from __future__ import annotations

import logging
import multiprocessing as mp
import os
import signal
import threading

from crisiswire.errors import StoreError
from crisiswire.storing import Store, open_store

_LOG = logging.getLogger("crisiswire.serving")
PAUSE = 60.0  # seconds at least between two times
_LOOK = 2.0  # seconds between two looks at whether the store has changed
_KINDNESS = 10  # how far the work stands back behind answering, in steps of "nice"


class Placing:
    """Keeps the stories of a store up to date, from :meth:`start` to :meth:`close`."""

    def __init__(self, store: Store, pause: float | None = None) -> None:
        self._store = store
        self._pause = PAUSE if pause is None else pause
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Begin. A store that may not be written stays as it is."""
        if not self._store.readonly:
            self._thread.start()

    def close(self) -> None:
        """End, also the work under way; what it had not kept yet is done the next time."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _keep(self) -> None:
        seen = None
        while not self._ending.is_set():
            try:
                state = self._store.state()
                if state != seen and self._store.unplaced_articles():
                    self._place()
                    self._ending.wait(self._pause)
                seen = state
            except StoreError as error:
                _LOG.warning("new events are in no story yet: %s", error)
                self._ending.wait(self._pause)
            self._ending.wait(min(_LOOK, self._pause))

    def _place(self) -> None:
        """Have a process put them into stories, and wait for its end."""
        process = mp.get_context("spawn").Process(
            target=_work, args=(self._store.url,), daemon=True
        )
        process.start()
        while process.is_alive() and not self._ending.is_set():
            process.join(0.1)
        if self._ending.is_set():
            process.terminate()
        process.join()
        if process.exitcode and not self._ending.is_set():
            _LOG.warning("new events are in no story yet: the work ended (%s)", process.exitcode)


def _work(url: str) -> None:
    """The process: put what is new into stories."""
    from crisiswire.analysing.stories import update_stories

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it
    if hasattr(os, "nice"):
        os.nice(_KINDNESS)
    try:
        with open_store(url, create=False) as store:
            update_stories(store)
    except StoreError as error:
        raise SystemExit(f"stories: {error}") from error
