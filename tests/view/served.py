"""The page served as a person would, in a process of its own; and whether a browser is there to look at it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from tests.builders import ROOT

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PACKAGES = ("solara", "ipyvuetify", "uvicorn", "playwright", "solara_assets", "axe_playwright_python")
SECONDS_TO_START = 120


def need_browser():
    """Skip where the page cannot be tested, with the reason; on CI that is a failure."""
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if CHROMIUM is None:
        missing.append("chromium")
    if missing:
        reason = f"the page needs {', '.join(missing)}: pip install -e '.[view,offline,browser]', and Chromium"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class Server:
    """``python run.py view``, started on a free port or on the one that is asked for; ``address`` is where."""

    def __init__(self, *arguments, port=0):
        command = [sys.executable, "run.py", "view", *map(str, arguments), "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said, self.address = [], None
        self._known = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._known.wait(SECONDS_TO_START)
        if self.address is None:
            raise AssertionError(f"the page did not start: {self.said}")

    def _listen(self):
        """All that it says, to its end."""
        for line in self.process.stdout:
            self.said.append(line)
            if self.address is None and (found := re.search(r"http://[\d.]+:\d+", line)):
                self.address = found.group()
                self._known.set()
        self._known.set()

    def memory_mb(self):
        """Memory of the process that is really its own."""
        text = (ROOT / f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    def seconds_worked(self):
        """Time that its process has had of the processor, however busy the machine is."""
        fields = (ROOT / f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, by=signal.SIGINT):
        """Stop it as Ctrl-C does; its exit status and what it had said."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(by)
        status = self.process.wait(30)
        self._listener.join(30)
        return status, "".join(self.said)


class Watched:
    """A tab, and all that went wrong in it."""

    # Said by Solara's own front end on every page of this kind; nothing is wrong (the project's notes on Mesa).
    HARMLESS = ("Failed to evaluate Vue script",)

    def __init__(self, page):
        self.page, self.problems = page, []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("request", self._request)
        page.on("response", lambda answer: answer.status >= 400 and self.problems.append(
            f"{answer.status}: {answer.url}"))  # fmt: skip

    def _console(self, message):
        if message.type == "error" and not any(words in message.text for words in self.HARMLESS):
            self.problems.append(f"console: {message.text}")

    def _request(self, request):
        if not re.match(r"(https?|ws)://127\.0\.0\.1[:/]|data:|blob:", request.url):
            self.problems.append(f"not this machine: {request.url}")
