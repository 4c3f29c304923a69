"""Who is at work on which chunk, so that two processes on one folder share the work.

A lease is a small file that only one process can create. It only saves double work: two processes that
did live the same chunk would write the same bytes to the same name.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
import uuid
from pathlib import Path
from typing import NamedTuple

from analysis.studies.sweep.plan import Chunk

STALE_SECONDS = 120.0  # without a sign of life
BEAT_SECONDS = 10.0
_TOKEN = uuid.uuid4().hex[:12]  # of this process: process numbers come again


class Lease(NamedTuple):
    """One lease, as found."""

    chunk: str
    host: str
    pid: int
    token: str
    age_seconds: float

    @property
    def is_stale(self) -> bool:
        """Whether whoever made it is gone."""
        if self.age_seconds > STALE_SECONDS:
            return True
        if self.host != socket.gethostname():
            return False
        if self.pid == os.getpid():
            return self.token != _TOKEN
        return not _alive(self.pid)


class Leases:
    """The leases in one folder.

    Args:
        folder: where they are; made when needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = f"{_TOKEN}-{id(self):x}"
        self._mine: dict[str, float] = {}

    def take(self, chunk: Chunk) -> bool:
        """Take a chunk; False if somebody else is at work on it."""
        path = self.folder / chunk.name
        content = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "token": _TOKEN}).encode()
        for _ in range(2):
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            except FileNotFoundError:
                continue  # somebody finished the sweep and took the folder away
            except FileExistsError:
                found = _read(path)
                if found is not None and not found.is_stale:
                    return False
                path.unlink(missing_ok=True)
                continue
            self._mine[chunk.name] = time.monotonic()  # at once: whatever stops us from here on, it is given back
            try:
                os.write(handle, content)
            except OSError:
                self.release(chunk)
                raise
            finally:
                os.close(handle)
            return True
        return False

    def beat(self) -> None:
        """Show that this process is alive; call it often, it does little."""
        now = time.monotonic()
        for name, last in self._mine.items():
            if now - last > BEAT_SECONDS:
                with contextlib.suppress(OSError):  # taken away by somebody: the work is done twice, to the same bytes
                    os.utime(self.folder / name)
                self._mine[name] = now

    def release(self, chunk: Chunk) -> None:
        """Give a lease back."""
        self._release(chunk.name)

    def release_all(self) -> None:
        """Give all leases back that this process holds."""
        for name in list(self._mine):
            self._release(name)

    def _release(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self._mine.pop(name, None)

    def held(self) -> list[Lease]:
        """All leases whose makers are alive, whoever they are."""
        if not self.folder.is_dir():
            return []
        found = [_read(path) for path in sorted(self.folder.iterdir())]
        return [lease for lease in found if lease is not None and not lease.is_stale]


def _read(path: Path) -> Lease | None:
    """A lease; one of nobody if it is just being written; None if it is gone."""
    try:
        age = time.time() - path.stat().st_mtime
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    try:
        said = json.loads(text)
        return Lease(path.name, str(said["host"]), int(said["pid"]), str(said["token"]), age)
    except (ValueError, KeyError, TypeError):
        return Lease(path.name, "", 0, "", age)


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would end the process there; its age will tell
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
