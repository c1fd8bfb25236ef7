"""The shipped examples as a store to look at."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crisiswire.errors import ConfigError, ReadError
from crisiswire.storing import Store, open_store

if TYPE_CHECKING:
    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples")  # installed; in the sources
# What examples/oslo-talks.txt, plain text, does not say itself.
_DAY, _OUTLET = dt.date(2019, 5, 17), "Fjord Post"
_TITLE = "Norway brings Venezuela's rivals to Oslo"


def examples_folder() -> Path:
    """Where the example articles are. Raises ConfigError where they were not installed."""
    for folder in _FOLDERS:
        if (folder / "README.md").is_file():
            return folder
    raise ConfigError("--demo: this installation has no examples; give a store with --store")


@contextmanager
def demo_store(config: Config) -> Iterator[Store]:
    """A store of the examples, coded once by each version of the coder and then kept in the
    user's cache. What is judged in it is gone at the end."""
    coded = _coded(config)
    with tempfile.TemporaryDirectory(prefix="crisiswire-demo-") as folder:
        path = Path(folder) / "examples.db"
        shutil.copyfile(coded, path)
        with open_store(path) as store:
            yield store


def _coded(config: Config) -> Path:
    """The file that holds the examples, coded now if the cache lacks it."""
    from crisiswire.pipeline import Coder
    from crisiswire.storing.schema import HEAD

    coder = Coder(config)
    files = sorted(path for path in examples_folder().iterdir() if path.is_file())
    digest = hashlib.blake2b(f"{coder.version} {HEAD} {config}".encode(), digest_size=8)
    for path in files:
        digest.update(path.read_bytes())
    name = f"examples-{digest.hexdigest()}.db"
    folder = _cache()
    path = folder / name
    if path.is_file():
        return path
    with tempfile.TemporaryDirectory(dir=folder) as part:
        fresh = Path(part) / name
        _code(coder, examples_folder(), fresh)
        fresh.replace(path)
    return path


def _code(coder: Coder, folder: Path, path: Path) -> None:
    from crisiswire.reading import ArticleDefaults, read_articles

    def fail(error: ReadError) -> None:
        raise error

    articles = read_articles(
        [folder],
        defaults=ArticleDefaults(_DAY, _OUTLET, _TITLE),
        on_error=fail,
        on_warning=lambda _: None,
    )
    with open_store(path) as store:
        for article, events in coder.code_many(articles):
            store.save(article, events)


def _cache() -> Path:
    """The user's folder for what can be made anew, else a temporary one."""
    shared = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if shared.is_absolute():
        base = shared
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    folder = base / "crisiswire"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())
