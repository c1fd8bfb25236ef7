"""People's judgements about events: taken as they are written, measured, and handed on.

>>> from crisiswire.reviewing import Desk
>>> desk = Desk(store)                                     # doctest: +SKIP
>>> desk.judge({"event_id": "3f2a9c", "verdict": "change", "by": "Ann",
...             "changes": {"event_type": "AID", "actors": ["the Kremlin"]}})  # doctest: +SKIP
"""

from crisiswire.reviewing.desk import Desk

__all__ = ["Desk"]
