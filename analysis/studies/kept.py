"""Work that was finished on the way, kept on the disk as soon as it is there, so that the same command goes on.

A chunk is one Parquet file, written beside its place and renamed, under a name that holds a digest of everything that
decides it. So a command that was stopped or killed goes on where it was, a file of something else is never taken for
one of this, and what was cut short or changed is not read but made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import warnings
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import analysis
from analysis.results.folder import in_words
from analysis.results.provenance import versions
from sim.compiler import source_digest
from sim.problem import Problem

ENDING = ".parquet"


class Kept:
    """A folder with chunks.

    Args:
        folder: where they are.
        code: a digest of the code that makes them.
    """

    def __init__(self, folder: Path, code: str) -> None:
        self.folder, self.code = folder, code

    def path(self, stage: str, start: int, said: Any, *arrays: np.ndarray) -> Path:
        """The place of a chunk.

        Args:
            stage: what it is a part of, short, of letters.
            start: its first row there.
            said: whatever decides it, beside the code, as JSON has it.
            *arrays: what decides it too.
        """
        digest = hashlib.sha256(self.code.encode())
        digest.update(json.dumps(said).encode())
        for array in arrays:
            digest.update(np.ascontiguousarray(array).tobytes())
        return self.folder / f"{stage}-{start:05d}-{digest.hexdigest()[:16]}{ENDING}"

    def make(self) -> None:
        """Make the folder.

        Raises:
            Problem: if it cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(in_words(self.folder, error)) from None

    def read(self, path: Path) -> pa.Table | None:
        """A chunk; None if it is not there, or not whole, which is said."""
        try:
            return pq.read_table(path, page_checksum_verification=True)
        except FileNotFoundError:
            return None
        except (OSError, pa.ArrowException):
            say_damaged(path)
            return None

    def write(self, path: Path, table: pa.Table) -> None:
        """Write a chunk, whole or not at all.

        Raises:
            Problem: if it cannot be written.
        """
        beside = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            pq.write_table(table, beside, write_page_checksum=True)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise Problem(in_words(self.folder, error)) from None

    def read_arrays(self, path: Path) -> dict[str, np.ndarray] | None:
        """A chunk of arrays; None as for ``read``."""
        table = self.read(path)
        if table is None:
            return None
        try:
            return unpacked(table)
        except (KeyError, TypeError, ValueError):
            say_damaged(path)
            return None

    def write_arrays(self, path: Path, arrays: Mapping[str, np.ndarray]) -> None:
        """Write a chunk of arrays; as ``write``."""
        self.make()
        self.write(path, packed(arrays))


class KeptBeside(Kept):
    """What is kept of one command until its result is written, in a folder beside that of the result.

    Args:
        folder: of the result.
        request: all that was asked, as a record has it.
    """

    def __init__(self, folder: Path, request: Mapping[str, Any]) -> None:
        code = code_of_everything()
        asked = hashlib.sha256(f"{code}{json.dumps(request, default=str)}".encode()).hexdigest()[:16]
        self.beside = folder.with_name(f"{folder.name}-bank")
        super().__init__(self.beside / asked, code)

    @property
    def foreign(self) -> list[str]:
        """Names of what lies beside it that is not of this command, or was kept by other code."""
        if not self.beside.is_dir():
            return []
        return sorted(path.name for path in self.beside.iterdir() if path != self.folder)

    def remove(self) -> None:
        """Take it away, when the result is written."""
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.beside.rmdir()
        except OSError:  # it holds what is foreign, or is not there
            return


def say_damaged(path: Path) -> None:
    """Tell the user of a chunk that cannot be used."""
    # Of another kind than notes for the summary: the result is the same as if nothing had happened.
    warnings.warn(f"{path}: is not whole; it is made again", RuntimeWarning, stacklevel=3)


def packed(arrays: Mapping[str, np.ndarray]) -> pa.Table:
    """Arrays of any shape, a row each, to the last bit."""
    columns = [(name, one.dtype.str, list(one.shape), one.tobytes()) for name, one in arrays.items()]
    names, kinds, shapes, contents = zip(*columns, strict=True)
    return pa.table({
        "name": list(names), "kind": list(kinds), "shape": pa.array(shapes, pa.list_(pa.int64())),
        "content": pa.array(contents, pa.large_binary()),
    })  # fmt: skip


def unpacked(table: pa.Table) -> dict[str, np.ndarray]:
    """The same arrays again."""
    return {
        row["name"]: np.frombuffer(row["content"], row["kind"]).reshape(row["shape"]).copy()
        for row in table.to_pylist()
    }


def flat(value: Any, name: str = "") -> dict[str, np.ndarray]:
    """Arrays and numbers within dataclasses and mappings, each under the names that lead to it, between slashes."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if not isinstance(value, Mapping):
        return {name: np.asarray(value)}
    parts = [flat(one, f"{name}/{key}" if name else str(key)) for key, one in value.items()]
    return {key: one for part in parts for key, one in part.items()}


def nested(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The mappings that ``flat`` was made of."""
    found: dict[str, Any] = {}
    for name, array in arrays.items():
        *above, last = name.split("/")
        place = found
        for key in above:
            place = place.setdefault(key, {})
        place[last] = array
    return found


@cache
def code_of_everything() -> str:
    """SHA-256 over the model, all that reads it, and the packages whose numbers enter."""
    here = Path(analysis.__file__).resolve().parent
    digest = hashlib.sha256(source_digest().encode())
    for path in sorted(here.rglob("*.py")):
        digest.update(path.relative_to(here).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(json.dumps(versions()).encode())
    return digest.hexdigest()
