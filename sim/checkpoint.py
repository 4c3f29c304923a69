"""A life kept in one file, to go on from there: to the last bit as if it had never been interrupted.

The file is an .npz of NumPy's without pickled objects, so that reading it runs no code. It holds every array of the
world, the record so far, what rules of one's own remember, and all values as JSON. There is no state of random numbers
to keep: every draw has an address. The code of rules of one's own is not kept, only its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from sim import changes
from sim.checks import check_values
from sim.compiler import source_digest
from sim.mistakes import shown
from sim.own_rules import RULES
from sim.population import make_traits
from sim.problem import Problem
from sim.yaml_lines import is_ordinary_file

if TYPE_CHECKING:
    from sim.life import Life

FORMAT, FORMAT_VERSION = "sameboat checkpoint", 1
ABOUT, SHA256, BESIDE = "about", "sha256", "beside_"
MADE_ANEW = ("key", "params", "traits")  # from the values; traits are kept, but shared and not copied into a world
EXPECTED = "expected a file written by `run --save-at` or Life.save"
PACKED = 1  # of 9: ties are mostly zeros, and more would take minutes of a large town's history


class CheckpointError(Problem):
    """Something is wrong with a checkpoint, or with going on from it, in one line."""


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds.

    Attributes:
        path: where it was.
        week: weeks lived since the opening.
        values: of the life, as they were asked for.
        history_every, keep_contacts: as for ``Life``.
        sha256: of all that it holds.
        arrays: of the life, by name.
        notes, beside: whatever else was to be kept: plain data, and arrays by name.
    """

    path: Path
    week: int
    values: dict[str, Any]
    history_every: int
    keep_contacts: bool
    sha256: str
    arrays: dict[str, np.ndarray]
    notes: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, np.ndarray] = field(default_factory=dict)


def save(
    life: Life, path: Path, notes: Mapping[str, Any] | None = None, beside: Mapping[str, np.ndarray] | None = None
) -> None:
    """Write a life to a file, whole or not at all; a file of that name is replaced.

    Args:
        life: lived to any week.
        path: of the file; nothing is added to its name.
        notes: plain data to be kept with it.
        beside: arrays to be kept with it.

    Raises:
        CheckpointError: if it cannot be written; what was there before stays.
    """
    new = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        try:
            with new.open("wb") as file:
                write(life, file, notes, beside)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise CheckpointError(f"{path}: cannot be written ({why}); name another file") from None


def write(
    life: Life, file: IO[bytes], notes: Mapping[str, Any] | None = None, beside: Mapping[str, np.ndarray] | None = None
) -> None:
    """Write a life to an open file; arguments as for ``save``."""
    about = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "source_digest": source_digest(),
        "week": life.week,
        "history_every": life.history_every if len(life.history) else 0,
        "keep_contacts": bool(len(life.world.contacts)),
        "values": {name: list(v) if isinstance(v, tuple) else v for name, v in life.values.items()},
        "notes": dict(notes or {}),
    }
    text = np.frombuffer(json.dumps(about).encode(), np.uint8)
    arrays = {ABOUT: text, "traits": life.traits, **_arrays_of(life)}
    arrays |= {BESIDE + name: array for name, array in (beside or {}).items()}
    arrays[SHA256] = np.frombuffer(_sha256(arrays), np.uint8)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as packed:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy")  # of no date: the same life gives the same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=True) as one:
                np.lib.format.write_array(one, np.asarray(array), allow_pickle=False)


def _arrays_of(life: Life) -> dict[str, np.ndarray]:
    """Every array of a life as far as it has been filled, by name; they are the life's own, not copies."""
    kept = life.week // life.history_every + 1
    arrays = {name: array for name, array in life.world._asdict().items() if name not in MADE_ANEW}
    arrays |= {"weeks": life.weeks[: life.week], "history": life.history[:kept], "own_resident": life.own.resident}
    if life.own.fields:
        arrays |= {"own_people": life.own.own.people, "own_history": life.own.history[:kept]}
    return arrays


def _sha256(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Over names, shapes, types and bits; what lies between the fields of a record may be anything."""
    seen = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        fields = array.dtype.names
        seen.update(f"{name} {array.shape} {fields or array.dtype.str}".encode())
        for one in [array[field_name] for field_name in fields] if fields else [array]:
            seen.update(np.ascontiguousarray(one).tobytes())
    return seen.digest()


def read(path: Path) -> Checkpoint:
    """Read a file that ``save`` has written; no code in it is run, for there is none.

    Raises:
        CheckpointError: if there is none, it is damaged or something else, or of another version.
    """
    if not is_ordinary_file(path):
        found = "not a file" if path.exists() else "no such file"
        raise CheckpointError(f"{path}: {found}; {EXPECTED}")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays[ABOUT].tobytes())
        if about["format"] != FORMAT:
            raise ValueError("another format")
        version, source = about["format_version"], str(about["source_digest"])
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read ({error.strerror or error}); {EXPECTED}") from None
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError, NotImplementedError,
            zipfile.BadZipFile, zlib.error):  # fmt: skip
        raise CheckpointError(f"{path}: is damaged, or no checkpoint; {EXPECTED}; save it anew") from None
    if version != FORMAT_VERSION or source != source_digest():
        raise CheckpointError(
            f"{path}: saved by another version of Sameboat (source {source[:16]}, here {source_digest()[:16]}), which "
            "lives other weeks; go on with that version, or live it from the beginning with this one"
        )
    kept = arrays.pop(SHA256, np.zeros(0, np.uint8)).tobytes()
    if _sha256(arrays) != kept:
        raise CheckpointError(f"{path}: is damaged: its SHA-256 is not the one it names; save it anew")
    values = about["values"]
    if RULES in values:
        values[RULES] = tuple(values[RULES])
    own = {name: array for name, array in arrays.items() if not name.startswith(BESIDE) and name != ABOUT}
    beside = {name.removeprefix(BESIDE): array for name, array in arrays.items() if name.startswith(BESIDE)}
    return Checkpoint(path, about["week"], values, about["history_every"], about["keep_contacts"], kept.hex(), own,
                      about["notes"], beside)  # fmt: skip


def values_from(saved: Checkpoint, weeks: int | None, later: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of the life that goes on.

    Args:
        saved: what it goes on from.
        weeks: how many in all, since the opening; None: as many as were asked for.
        later: changes at a time, such as ``{"group.phone_line@200": False}``, in weeks still to come.

    Raises:
        CheckpointError: if one would change what has been lived.
        ScenarioError: if one is not accepted.
    """
    values = dict(saved.values)
    for name, value in (later or {}).items():
        week = changes.week_of(name)
        if changes.AT not in name or (week is not None and week < saved.week):
            raise CheckpointError(
                f"{saved.path}: {shown(name)}: found {'a value from the beginning' if changes.AT not in name else name}"
                f", and {saved.week} weeks have been lived with other values; expected NAME@WEEK=VALUE, from week "
                f"{saved.week} on; for another past, live it from the beginning"
            )
        values[name] = value
    if weeks is not None:
        values["run.weeks"] = weeks
    values = check_values(values, f"{saved.path}: ")
    if values["run.weeks"] < saved.week:
        raise CheckpointError(f"{saved.path}: found {weeks} weeks, and {saved.week} have been lived; expected at least "
                              "as many")  # fmt: skip
    return values


def restore(life: Life, saved: Checkpoint) -> None:
    """Fill a life that has not begun with what was saved.

    People who arrive only in a longer life have lived elsewhere until then; these weeks of theirs are lived here. Rules
    of one's own may look at everybody, so with them a longer life with more people is lived from its beginning, and
    must come to what was saved.

    Raises:
        CheckpointError: if who lives there is not as it was.
    """
    traits, before = life.traits, saved.arrays["traits"]
    both = min(len(traits), len(before))
    if not np.array_equal(np.asarray(traits)[:both], before[:both]):
        raise CheckpointError(f"{saved.path}: its people are not those that these values and packages make; go on for "
                              "as many weeks as were asked for, or with the packages that made it")  # fmt: skip
    told_more = int(saved.arrays["group"]["events"][0]) > len(saved.arrays["events"])
    if len(traits) > len(before) and (life.own.rules or told_more):
        _live_from_the_beginning(life, saved)
        return
    life.week = saved.week
    for name, array in _arrays_of(life).items():
        there = saved.arrays[name]
        part = tuple(slice(min(have, want)) for have, want in zip(there.shape, array.shape, strict=True))
        array[part] = there[part]
    if len(traits) > len(before):
        _live_elsewhere(life, saved, len(before))
    life.world.params[:] = life.params_in(saved.week - 1)


def _live_elsewhere(life: Life, saved: Checkpoint, first: int) -> None:
    """Live the weeks so far of the people from row ``first`` on, none of whom has met anybody yet."""
    traits = life.traits[first:].view(np.recarray)
    alone = type(life)({**life.values, "group.exists": False}, saved.history_every, traits)
    alone.live(saved.week)
    for name in ("people", "ways", "ways_set"):
        getattr(life.world, name)[first:] = getattr(alone.world, name)
    kept = saved.week // life.history_every + 1
    life.history[:kept, first:] = alone.history[:kept]


def _live_from_the_beginning(life: Life, saved: Checkpoint) -> None:
    """Live all weeks anew, and see that they are those that were saved."""
    life.live_lead_in()
    life.live(saved.week)
    now = _arrays_of(life)
    for name in ("people", "ties", "weeks", *(["own_people"] if life.own.fields else [])):
        there = saved.arrays[name]
        part = np.asarray(now[name])[tuple(slice(length) for length in there.shape)]
        if _sha256({name: part}) != _sha256({name: there}):
            raise CheckpointError(f"{saved.path}: {name}: a longer life, with more people still to come, does not "
                                  "begin with this one: rules of one's own look at them; go on for as many weeks as "
                                  "were asked for, or live it from the beginning")  # fmt: skip


def traits_for(saved: Checkpoint, values: Mapping[str, Any], key: np.ndarray) -> np.recarray:
    """Everybody's traits: those saved, unless another length needs other people."""
    if values["run.weeks"] == saved.values["run.weeks"]:
        return saved.arrays["traits"].view(np.recarray)
    return make_traits(dict(values), key)
