"""``run.py view``: what it answers before any page is there, and that it stops cleanly."""

import asyncio
import logging
import socket
import threading

import pytest

from tests.builders import ROOT
from tests.cli.command_line import GROUP_A, sameboat
from view import start


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(start, "check_installed", lambda: None)
    monkeypatch.setattr(start, "serve", lambda *args: None)


def test_it_says_where_it_is():
    said = sameboat("view", GROUP_A, "--port", 0)
    assert said.status == 0
    assert "Sameboat is at http://127.0.0.1:" in said.out
    assert said.out.rstrip().endswith("stopped")


def test_a_taken_port_is_answered():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port}" in sameboat("view", GROUP_A, "--port", port).problem


def test_an_unknown_host_is_answered():
    assert "cannot listen on" in sameboat("view", GROUP_A, "--host", "nowhere.invalid", "--port", 0).problem


def test_a_town_too_large_for_the_page_is_answered():
    assert "the page" in sameboat("view", GROUP_A, "--weeks", 5200).problem


def test_a_broken_scenario_is_answered(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: broken\ngroup:\n  acceptance: 3\n")
    assert "acceptance" in sameboat("view", broken).problem


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(start, "NEEDED", ("no_such_package",))
    said = sameboat("view", str(ROOT / "scenarios" / "groupA.yaml"), "--port", 0)
    assert "no_such_package" in said.problem
    assert "pip install -e '.[view]'" in said.problem


def test_ctrl_c_is_no_error(monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "serve", stopped)
    said = sameboat("view", GROUP_A, "--port", 0)
    assert said.status == 0
    assert "Traceback" not in said.err
    assert said.out.rstrip().endswith("stopped")


def test_others_are_not_invited_unasked():
    assert start.is_local("127.0.0.1")
    assert not start.is_local("0.0.0.0")
    assert "no password" in sameboat("view", GROUP_A, "--host", "0.0.0.0", "--port", 0).err


@pytest.mark.parametrize(
    ("host", "origin", "served"),
    [
        ("127.0.0.1:8765", None, True),
        ("localhost:8765", "http://localhost:8765", True),
        ("[::1]:8765", "http://[::1]:8765", True),
        ("evil.example", None, False),
        ("127.0.0.1.evil.example", None, False),
        ("127.0.0.1:8765", "https://evil.example", False),
        ("127.0.0.1:8765", "null", False),
        ("", None, False),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_only_those_who_ask_for_this_machine_are_served(kind, host, origin, served):
    passed, sent = [], []

    async def app(scope, receive, send):
        passed.append(scope)

    async def send(message):
        sent.append(message)

    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin else [])
    asyncio.run(start.OnlyHere(app)({"type": kind, "headers": headers}, None, send))
    assert bool(passed) == served
    assert [message.get("status", message.get("code")) for message in sent][:1] == (
        [] if served else [403 if kind == "http" else 1008]
    )


def test_telemetry_is_off(monkeypatch):
    for name in ("SOLARA_TELEMETRY_MIXPANEL_ENABLE", "SOLARA_APP", "SOLARA_MODE"):
        monkeypatch.setenv(name, "")
    start.set_environment()
    import os

    assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert os.environ["SOLARA_APP"] == "view.app"


def test_what_is_under_way_when_it_stops_is_cut_off_without_a_traceback(caplog):
    uvicorn = pytest.importorskip("uvicorn")
    arrived = threading.Event()

    async def endless(scope, receive, send):
        arrived.set()
        await asyncio.Event().wait()

    place = start.open_socket("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(endless, lifespan="off", timeout_graceful_shutdown=0.1, log_config=None))
    start.say_nothing_of_what_is_cut_off(server)
    running = threading.Thread(target=server.run, kwargs={"sockets": [place]})
    running.start()
    with socket.create_connection(place.getsockname()) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert arrived.wait(30)
        server.should_exit = True
        running.join(30)
    assert not running.is_alive()
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert said == []
    logging.getLogger("uvicorn.error").error("the disk is full")
    assert "the disk is full" in caplog.text, "what else goes wrong is still said"
