"""A PostgreSQL server for the tests: found or installed, and run for a while on its own.

``python scripts/postgres.py`` makes sure that the programs are there: what is installed is
taken, else apt-get (as root) or Homebrew is asked. It never fails; it says what it could not get.
``running()`` makes a database in a temporary folder and serves it on a free port of this machine
only. No server that runs already is touched.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NEEDED = ("initdb", "postgres")
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
)
USER = "crisiswire"
START_LIMIT = 60  # seconds
# Runs a command until it ends or standard input is closed, as it is when the caller is killed.
BOUND = '"$@" & server=$!; exec 3<&0; (cat <&3 >/dev/null; kill -INT $server) & wait $server'
# A server that is thrown away need not survive the machine's failure.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "synchronous_commit": "off",
    "unix_socket_directories": "",
}


class Unavailable(Exception):
    """No server can be had; the message says why and what to do."""


def binaries() -> Path | None:
    """The folder of the server's programs, the newest if there are several."""
    found = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern[1:])]
    found.sort(key=lambda folder: [int(part) for part in _digits(folder)], reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        found.insert(0, Path(on_path).resolve().parent)
    for folder in found:
        if all((folder / name).is_file() for name in NEEDED):
            return folder
    return None


def _digits(folder: Path) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in str(folder)).split()


def install() -> str:
    """Get the programs where they lack, and say in a line how that went."""
    if binaries() is not None:
        return f"PostgreSQL for the tests: {binaries()}"
    command: list[str] | None = None
    if shutil.which("apt-get") and os.geteuid() == 0:
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        _quietly(["apt-get", "update", "-qq"])
    elif shutil.which("brew"):
        command = ["brew", "install", "--quiet", "postgresql@17"]
    trouble = _quietly(command) if command else "neither apt-get as root nor brew is there"
    if binaries() is not None:
        return f"PostgreSQL for the tests: installed, {binaries()}"
    return (
        f"No PostgreSQL for the tests ({trouble or 'the package has no server'}): they run on "
        "SQLite only. Install it, or set CRISISWIRE_TEST_POSTGRES to the URL of a database."
    )


def _quietly(command: Sequence[str]) -> str:
    """Run a command and give the last line of what it said if it failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = (done.stderr or done.stdout).strip().splitlines()
    return (lines or [f"{command[0]} failed"])[-1] if done.returncode else ""


@contextmanager
def running() -> Iterator[str]:
    """Serve a new database while the context lasts; its URL, password included.

    Raises Unavailable where there is no server to run.
    """
    programs = binaries()
    if programs is None:
        raise Unavailable("no PostgreSQL is installed; python scripts/postgres.py gets it")
    # Short, as other users must reach it too: the server refuses to run as root.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        as_user = _unprivileged(folder)
        password = secrets.token_hex(16)
        data = _made(programs, folder, password, as_user)
        server, port = _started(programs, data, folder / "log", as_user)
        try:
            yield f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How to start a process that may own the server, which gets the folder."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise Unavailable("PostgreSQL does not run as root and there is no other user")


def _made(programs: Path, folder: Path, password: str, as_user: dict[str, Any]) -> Path:
    """Make the database's files."""
    data, secret = folder / "data", folder / "password"
    secret.write_text(password)
    if as_user:
        os.chown(secret, as_user["user"], as_user["group"])
    kind = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    made = subprocess.run(
        [
            programs / "initdb",
            *("-D", data, "-U", USER, "-A", "scram-sha-256", "--pwfile", secret),
            *("--no-sync", "--encoding=UTF8", "--lc-collate=C", f"--lc-ctype={kind}"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    secret.unlink()
    if made.returncode:
        raise Unavailable(f"initdb failed: {made.stderr.strip()}")
    return data


def _started(
    programs: Path, data: Path, log: Path, as_user: dict[str, Any]
) -> tuple[subprocess.Popen[bytes], int]:
    """The server's process, ready for connections, and its port."""
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    for _ in range(3):  # another process may take the port between asking and using it
        port = _free_port()
        with log.open("wb") as output:
            command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), *settings]
            server = subprocess.Popen(
                ["/bin/sh", "-c", BOUND, "sh", *command],
                cwd=data.parent,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **as_user,
            )
        if _ready(server, data):
            return server, port
    raise Unavailable(f"PostgreSQL does not start: {log.read_text('utf-8', 'replace').strip()}")


def _ready(server: subprocess.Popen[bytes], data: Path) -> bool:
    """Wait until the server says in its file that it is ready, or has ended."""
    deadline = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < deadline:
        status = data / "postmaster.pid"
        lines = status.read_text().splitlines() if status.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return True
        time.sleep(0.05)
    _stop(server)
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    assert server.stdin is not None
    server.stdin.close()
    server.wait(START_LIMIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    print(install())
