"""What may go wrong around the page: a server that was started anew, pages of others, a door left open."""

from __future__ import annotations

import http.client
import signal
import socket
import time

import pytest

from tests.view.browse import button, open_page, step, week
from tests.view.served import Server, need_browser

pytestmark = pytest.mark.browser
A_KERNEL = "/jupyter/api/kernels/3f0b1f9e-0000-4000-8000-0123456789ab/channels?session_id=x"


def test_a_server_started_anew_is_said_with_a_button_that_leads_back_to_the_week(browser):
    first = Server("scenarios/groupA.yaml")
    port = first.address.rsplit(":", 1)[1]
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(60_000)
    try:
        open_page(page, first)
        step(page, 3)
        seen = page.locator(".sb-states").first.text_content()
        first.stop()
        page.get_by_role("heading", name="Sameboat does not answer").wait_for()
        again = button(page, "Open this week again")
        assert again.evaluate("e => document.activeElement === e")
        again.click()
        page.get_by_text("There is no answer yet").wait_for()
        assert not page.locator(".v-overlay, .v-dialog__content, .v-alert").filter(visible=True).count()
        second = Server("scenarios/groupA.yaml", port=port)
        try:
            page.get_by_role("heading", name="Sameboat was started anew").wait_for()
            again.click()
            page.wait_for_selector(".sb-lost", state="detached")
            page.wait_for_selector('[data-week="2"]')
            page.wait_for_function(
                "seen => document.querySelector('.sb-states') && "
                "document.querySelector('.sb-states').textContent === seen", arg=seen)  # fmt: skip
            step(page)
            assert week(page) == 3
        finally:
            second.stop()
    finally:
        page.close()


def test_a_short_break_is_not_spoken_of(tab):
    step(tab, 2)
    tab.evaluate("app.$data.connectionStatus = 'connecting'")
    tab.wait_for_timeout(800)
    tab.evaluate("app.$data.connectionStatus = 'connected'")
    tab.wait_for_timeout(1500)
    assert tab.locator(".sb-lost").count() == 0


def test_a_page_elsewhere_cannot_reach_this_one(server):
    host, port = server.address.removeprefix("http://").split(":")
    answers = {}
    for name in (f"{host}:{port}", f"localhost:{port}", "evil.example"):
        connection = http.client.HTTPConnection(host, int(port), timeout=30)
        connection.request("GET", "/", headers={"Host": name})
        answers[name] = connection.getresponse().status
        connection.close()
    assert list(answers.values()) == [200, 200, 403]


@pytest.mark.parametrize(
    ("name", "origin", "opens"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", True),
        ("127.0.0.1:{port}", None, True),
        ("127.0.0.1:{port}", "http://evil.example", False),
        ("127.0.0.1:{port}", "http://127.0.0.1.evil.example", False),
        ("127.0.0.1:{port}", "null", False),
        ("evil.example", "http://evil.example", False),
    ],
)
def test_a_websocket_opens_only_for_a_page_of_this_machine(server, name, origin, opens):
    host, port = server.address.removeprefix("http://").split(":")
    headers = {
        "Host": name.format(port=port), "Connection": "Upgrade", "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "c2FtZWJvYXQgc2FtZWJvYQ==",
    }  # fmt: skip
    if origin:
        headers["Origin"] = origin.format(port=port)
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    connection.request("GET", A_KERNEL, headers=headers)
    assert connection.getresponse().status == (101 if opens else 403)
    connection.close()


def test_a_script_of_another_origin_cannot_open_the_websocket(server, browser):
    """In a real browser: a page that is not ours, which knows the port."""
    page = browser.new_page()
    mine = {"body": "<title>another</title>", "content_type": "text/html"}
    page.route("http://evil.example/**", lambda route: route.fulfill(**mine))
    page.goto("http://evil.example/")
    address = server.address.replace("http", "ws") + A_KERNEL
    tried = "address => new Promise(done => {const s = new WebSocket(address); s.onopen = () => done('open'); " \
            "s.onerror = () => done('refused')})"  # fmt: skip
    assert page.evaluate(tried, address) == "refused"
    page.goto(server.address)
    assert page.evaluate(tried, address) == "open"
    page.close()


def a_mute_page(address):
    """An open WebSocket at whose other end nobody answers, as of a browser that hangs."""
    host, port = address.removeprefix("http://").split(":")
    first = http.client.HTTPConnection(host, int(port), timeout=60)
    first.request("GET", "/")
    cookies = first.getresponse().headers.get_all("Set-Cookie")
    asked = {"Host": f"{host}:{port}", "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
             "Sec-WebSocket-Key": "c2FtZWJvYXQgc2FtZWJvYQ==",
             "Cookie": "; ".join(cookie.split(";")[0] for cookie in cookies)}  # fmt: skip
    mute = socket.create_connection((host, int(port)), timeout=60)
    lines = [f"GET {A_KERNEL} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
    mute.sendall("\r\n".join([*lines, "", ""]).encode())
    assert b"101" in mute.recv(200)
    return mute


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_under_open_pages_leaves_with_one_word(browser, times):
    """Also where a page does not answer, and where the key is pressed again meanwhile."""
    started = Server("scenarios/groupA.yaml", "--weeks", "20")
    page = browser.new_page()
    page.set_default_timeout(60_000)
    open_page(page, started)
    step(page)
    button(page, "Play").click()
    with a_mute_page(started.address):
        for _ in range(times - 1):
            started.process.send_signal(signal.SIGINT)
            time.sleep(0.3)
        status, said = started.stop()
    page.close()
    assert status == 0
    assert said.splitlines() == [f"Sameboat is at {started.address} (Ctrl-C stops it)", "stopped"]


def test_others_are_let_in_with_a_warning_only():
    need_browser()
    started = Server("scenarios/groupA.yaml", "--weeks", "4", "--host", "0.0.0.0")
    port = started.address.rsplit(":", 1)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
    connection.request("GET", "/", headers={"Host": "elsewhere.example"})
    answer = connection.getresponse().status
    connection.close()
    status, said = started.stop()
    assert (answer, status) == (200, 0)
    assert "no password" in said
