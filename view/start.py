"""Starting the page on this machine: what must be set before Solara is imported, and a server that stops cleanly."""

from __future__ import annotations

import asyncio
import importlib.util
import ipaddress
import logging
import os
import signal
import socket
import threading
import warnings
import webbrowser
from typing import Any
from urllib.parse import urlsplit

from sim.life import Life
from sim.problem import Problem
from sim.scenario import Scenario, load
from view.choices import FIRST_SCENARIO

NEEDED = ("solara", "uvicorn", "starlette", "ipyvuetify")
SECONDS_TO_CLOSE = 2
_first: list[Scenario] = []  # set before the server starts, read by every tab


def first_scenario() -> Scenario:
    """The scenario a new tab begins with."""
    return _first[0] if _first else load(FIRST_SCENARIO)


def check_installed() -> None:
    """Say what to install if the extra is missing, or if the widgets are those that give a broken page.

    Raises:
        Problem: with the command that mends it.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Problem(
            f"the page needs packages that are not installed ({', '.join(missing)}): pip install -e '.[view]'"
        )
    from importlib.metadata import version  # noqa: PLC0415

    for name in ("ipyvue", "ipyvuetify"):
        if int(version(name).split(".")[0]) >= 2:
            raise Problem(f"{name} {version(name)} gives a broken page here; pip install 'ipyvue<2' 'ipyvuetify<2'")


def works_offline() -> bool:
    """Whether the page's own scripts and fonts are installed, so that nothing is fetched."""
    return importlib.util.find_spec("solara_assets") is not None


def set_environment() -> None:
    """What Solara reads when it is imported."""
    os.environ["SOLARA_APP"] = "view.app"
    os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] = "False"
    os.environ["SOLARA_MODE"] = "production"
    os.environ["SOLARA_THEME_SHOW_BANNER"] = "False"
    os.environ["SOLARA_THEME_TITLE"] = "Sameboat"
    os.environ.setdefault("SOLARA_KERNEL_CULL_TIMEOUT", "15m")  # a tab that lost its connection keeps its lives so long


def open_socket(host: str, port: int) -> socket.socket:
    """A listening place.

    Args:
        host: name or address.
        port: 0 for any that is free.

    Raises:
        Problem: if it is taken, or there is no such host.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        place = socket.socket(family, kind)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(address)
        place.listen()  # whoever comes before the server is ready waits, and is not turned away
    except (OSError, OverflowError) as error:
        words = getattr(error, "strerror", None) or str(error)
        raise Problem(f"cannot listen on {host} port {port} ({words}); choose another with --port") from None
    return place


def serve(scenario: Scenario, place: socket.socket, address: str, browse: bool) -> None:
    """Serve the page until stopped.

    Args:
        scenario: what a new tab begins with.
        place: from ``open_socket``.
        address: of the page, to be opened in a browser.
        browse: open it.
    """
    _first[:] = [scenario]
    set_environment()
    Life({**scenario.values, "run.weeks": 1}).live()  # compile now, not on the first click
    warnings.filterwarnings("ignore", module="solara.validate_hooks")  # of a component of Mesa's that is never empty
    warnings.filterwarnings("ignore", "Cookies with samesite=none")  # Solara's way is the right one on this machine
    import uvicorn  # noqa: PLC0415 - the environment comes first
    from solara.server.starlette import app  # noqa: PLC0415

    host = place.getsockname()[0]
    served = OnlyHere(app) if is_local(host) else app
    config = uvicorn.Config(
        served, log_level="warning", timeout_graceful_shutdown=SECONDS_TO_CLOSE, ws_max_size=64 * 2**20
    )
    server: Any = uvicorn.Server(config)
    say_nothing_of_what_is_cut_off(server)
    if browse:
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    try:
        server.run(sockets=[place])
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed again: it is stopping already
        raise


def say_nothing_of_what_is_cut_off(server: Any) -> None:
    """A request that is under way when the server is stopped ends without a traceback; all else is still said.

    Args:
        server: a ``uvicorn.Server``.
    """

    def is_news(record: logging.LogRecord) -> bool:
        if not server.should_exit:
            return True
        cut_off = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
        return not cut_off and not str(record.msg).startswith("Cancel %s running task(s)")

    logging.getLogger("uvicorn.error").addFilter(is_news)
    logging.getLogger("asyncio").addFilter(lambda _: not server.should_exit)


class OnlyHere:
    """The page for those who ask for this machine by name: not for a page of somebody else's open in the same browser.

    Such a page can send requests here under a name of its own (``Host``), or open a WebSocket from its own address
    (``Origin``). Both are answered with 403.

    Args:
        app: the ASGI application behind it.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in ("http", "websocket"):
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            asked = [f"//{headers.get(b'host', '')}", headers.get(b"origin", "")]
            if not all(_here(address) for address in asked if address):
                if scope["type"] == "websocket":
                    await send({"type": "websocket.close", "code": 1008})
                    return
                kind = [(b"content-type", b"text/plain; charset=utf-8")]
                await send({"type": "http.response.start", "status": 403, "headers": kind})
                await send({"type": "http.response.body", "body": b"Sameboat's page is for this machine alone.\n"})
                return
        await self.app(scope, receive, send)


def _here(address: str) -> bool:
    try:
        return is_local(urlsplit(address).hostname or "")
    except ValueError:
        return False


def is_local(host: str) -> bool:
    """Whether only this machine can reach the page."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def address_of(host: str, place: socket.socket) -> str:
    """The page's address."""
    port = place.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
