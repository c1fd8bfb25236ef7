"""``crisiswire serve``: the JSON API and the web page over a store."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.shared import ConfigOption, QuietOption, StoreOption, config, note, opened
from crisiswire.errors import ConfigError

if TYPE_CHECKING:
    from crisiswire.config import Config
    from crisiswire.serving.gate import Access
    from crisiswire.storing import Store

PORT = 8470
_TOKEN = 16  # characters at least
_CONNECTIONS = 500  # at once; fewer than the files that a system lets a process open
# Addresses of private networks: whose word on whom they ask for is believed. Of several in a row
# the last that is no proxy counts, for whoever asks writes the first himself.
PROXIES = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
_KEEP_ALIVE = 75  # seconds; a reader's pause: who asks as his connection is closed gets no answer


def serve(
    store: StoreOption = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Serve the shipped examples, coded now.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = PORT,
    token: Annotated[
        str | None,
        typer.Option(envvar="CRISISWIRE_TOKEN", help="Secret that every request must carry."),
    ] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy in front says who may ask.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be served, and end.")
    ] = False,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Serve the store's record as JSON and as a web page, on this machine alone unless told.

    Examples:

    - `crisiswire serve --demo`
    - `crisiswire serve --store events.db --port 9000`
    """
    from crisiswire.serving.gate import Access

    chosen = config(settings)
    access = Access(token, any_host=token is not None or behind_proxy)
    _check_access(host, access, token)
    with _opened(store, demo, chosen, quiet) as keep:
        counts = keep.counts()
        what = "the shipped examples" if demo else keep.place
        note(f"{counts.events} events of {counts.articles} articles in {what}", quiet=quiet)
        if check:
            typer.echo(f"would serve {what} at {_address(host, port)}")
            return
        _run(keep, chosen, access, host, port, demo=demo, behind_proxy=behind_proxy, quiet=quiet)


def _check_access(host: str, access: Access, token: str | None) -> None:
    """Raises ConfigError unless only this machine, a token's owners or a proxy may ask."""
    if token is not None and (len(token) < _TOKEN or not token.isascii() or " " in token):
        raise ConfigError(f"--token: give {_TOKEN} characters or more, without spaces")
    if not _is_loopback(host) and not access.any_host:
        raise ConfigError(
            f"--host {host}: others could read and judge your record; give --token SECRET, or "
            "--behind-proxy where a proxy asks who they are"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _opened(url: str | None, demo: bool, chosen: Config, quiet: bool) -> Iterator[Store]:
    if not demo:
        with opened(url) as store:
            yield store
        return
    from crisiswire.serving.demo import demo_store

    note("coding the shipped examples", quiet=quiet)
    with demo_store(chosen) as store:
        yield store


def _run(
    store: Store, chosen: Config, access: Access, host: str, port: int,
    *, demo: bool, behind_proxy: bool, quiet: bool,
) -> None:  # fmt: skip
    import uvicorn

    from crisiswire.serving.app import make_app
    from crisiswire.serving.service import Service

    _log(quiet)
    app = make_app(Service(store, chosen, access, demo=demo))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=behind_proxy,
            forwarded_allow_ips=PROXIES if behind_proxy else None,
            ws="none",
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=5,
        )
    )
    listening = prompt(server.config.bind_socket())
    bound = listening.getsockname()[1]
    note(f"serving at {_address(host, bound)}; Ctrl-C ends it", quiet=quiet)
    # The server gives the signal back once it has closed; by default that would end the process
    # before the demo's folder is taken away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.run([listening])


def prompt(listening: socket.socket) -> socket.socket:
    """The socket, whose connections from now on send what they have at once. An answer goes out in
    two pieces, and the second would wait until the reader's system acknowledges the first."""
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _log(quiet: bool) -> None:
    """The access log and the server's troubles to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in ("crisiswire", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING if quiet or name.startswith("uvicorn") else logging.INFO)
