"""A life that was saved goes on, to the last bit, as if it had not been interrupted."""

from __future__ import annotations

import json
import pickle
import zipfile

import numpy as np
import pytest

import sim.checkpoint
from sim.checkpoint import CheckpointError, read
from sim.life import Life
from sim.own_rules import RULES, OwnRulesError, load_file, with_files
from sim.problem import Problem
from sim.scenario import account_names, load, load_account
from tests.builders import SCENARIOS

SMALL = {"people.residents": 120, "run.weeks": 120, "run.lead_in_weeks": 30, "people.mean_stay_years": 4.0}
SCRATCH = ("places", "numbers")  # of the rule that runs
OWN = """
from sim import draws
from sim.declare import number, total, last_week
from sim.draws import NOBODY
from sim.purposes import of_extra_rule

SUMMARY = "a neighbour calls"
CALL = of_extra_rule("call of a neighbour")
PARAMETERS = (number("own.calls", 0.2, 0.0, 1.0, "per week", "calls"),)
PEOPLE = (total("calls", "calls taken"), last_week("call_week", "of a call"))


def calls(world, own, week):
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living and draws.happens(world.key, world.traits[i].id, NOBODY, week * 7, CALL, own.params[0].calls):
            own.people[i].calls += 1
            own.people[i].call_week = week
            me.isolation = 0.9 * me.isolation
"""
OF_EVERYBODY = """
SUMMARY = "the more people there will ever be, the lonelier"

def crowd(world, own, week):
    for i in range(len(world.people)):
        me = world.people[i]
        me.isolation = max(0.0, me.isolation - 0.00001 * len(world.people))
"""


def values_of(scenario="groupA", account=None, **changed):
    chosen = load(SCENARIOS / f"{scenario}.yaml")
    chosen = chosen.with_account(load_account(account)) if account else chosen
    return {**chosen.with_values(SMALL).values, **changed}


def with_rules(values, tmp_path, text=OWN):
    file = tmp_path / "own.py"
    file.write_text(text, encoding="utf-8")
    return with_files(values, [load_file(file)])


def saved_at(week, values, tmp_path, history_every=1, keep_contacts=False):
    life = Life(values, history_every, keep_contacts=keep_contacts)
    life.live(week)
    life.save(tmp_path / "life.npz")
    return tmp_path / "life.npz"


def same(one, other):
    """Whether two arrays have the same bits, each field by itself."""
    assert one.shape == other.shape
    assert one.dtype == other.dtype
    fields = [one[name] for name in one.dtype.names] if one.dtype.names else [one]
    others = [other[name] for name in other.dtype.names] if other.dtype.names else [other]
    return all(a.tobytes() == b.tobytes() for a, b in zip(fields, others, strict=True))


def differing(one, other):
    """Names of all that is not the same in two lives."""
    assert one.week == other.week
    assert one.values == other.values
    pairs = {name: (getattr(one.world, name), getattr(other.world, name)) for name in one.world._fields}
    pairs |= {name: (getattr(one, name), getattr(other, name)) for name in ("history", "weeks")}
    pairs |= {"own": (one.own.own.people, other.own.own.people), "own_history": (one.own.history, other.own.history)}
    return [name for name, (a, b) in pairs.items() if name not in SCRATCH and not same(a, b)]


def uninterrupted(values, history_every=1, keep_contacts=False):
    life = Life(values, history_every, keep_contacts=keep_contacts)
    life.live()
    return life


def gone_on(path, **more):
    life = Life.resume(path, **more)
    life.live()
    return life


@pytest.mark.parametrize("account", account_names())
def test_a_life_goes_on_as_if_uninterrupted_under_every_account(account, tmp_path):
    values = values_of(account=account)
    lived = gone_on(saved_at(70, values, tmp_path))
    whole = uninterrupted(values)
    assert differing(lived, whole) == []
    assert lived.digest() == whole.digest()


@pytest.mark.parametrize("account", account_names())
def test_a_longer_life_than_was_asked_for_is_the_longer_life(account, tmp_path):
    values = values_of(account=account)
    longer = {**values, "run.weeks": 200}
    lived, whole = gone_on(saved_at(115, values, tmp_path), weeks=200), uninterrupted(longer)
    assert len(whole.traits) > len(Life(values).traits)
    begun = whole.traits.arrives_week[len(Life(values).traits) :] - whole.lead_in < whole.lead_in + 115
    assert begun.any(), "nobody new had begun to live when it was saved: nothing was tried"
    assert differing(lived, whole) == []
    assert lived.digest() == whole.digest()


@pytest.mark.parametrize(
    ("week", "weeks"), [(0, 120), (120, 120), (120, 200), (0, 200), (60, 90), (60, 60), (119, 121)]
)
@pytest.mark.parametrize("lead_in", [0, 30])
def test_at_any_week_and_to_any_length(week, weeks, lead_in, tmp_path):
    values = values_of("groupB", **{"run.lead_in_weeks": lead_in})
    lived = gone_on(saved_at(week, values, tmp_path), weeks=weeks)
    assert differing(lived, uninterrupted({**values, "run.weeks": weeks})) == []


def test_as_it_was_saved_so_it_is_before_it_goes_on(tmp_path):
    values = values_of()
    path = saved_at(50, values, tmp_path)
    life = Life(values, 1)
    life.live(50)
    back = Life.resume(path)
    assert back.week == 50
    assert back.digest() == life.digest()
    assert same(back.history[:51], life.history[:51])


@pytest.mark.parametrize("week", [39, 40, 41, 70])
def test_changes_at_a_time_are_kept_and_made(week, tmp_path):
    values = values_of(**{"group.phone_line@40": False, "mechanisms.guilt@60": False, "contact.texts_per_week@90": 4.0})
    lived = gone_on(saved_at(week, values, tmp_path), weeks=180)
    assert differing(lived, uninterrupted({**values, "run.weeks": 180})) == []


def test_a_change_may_be_made_in_weeks_still_to_come(tmp_path):
    path, later = saved_at(70, values_of(), tmp_path), {"contact.between_meetings@70": False}
    lived = gone_on(path, later=later)
    assert differing(lived, uninterrupted({**values_of(), **later})) == []
    assert lived.digest() != gone_on(path).digest()


def test_kept_contacts_go_on(tmp_path):
    values = values_of()
    lived = Life.resume(saved_at(10, values, tmp_path, keep_contacts=True), weeks=150)
    whole = Life({**values, "run.weeks": 150}, 1, keep_contacts=True)
    whole.live(10)
    assert whole.world.contacts["hours"].any()
    while whole.week < 60:
        assert same(lived.world.contacts, whole.world.contacts)
        lived.live(1)
        whole.live(1)


@pytest.mark.parametrize("every", [0, 4])
def test_another_history_goes_on(every, tmp_path):
    values = values_of()
    lived = gone_on(saved_at(71, values, tmp_path, every), weeks=160)
    assert differing(lived, uninterrupted({**values, "run.weeks": 160}, every)) == []


@pytest.mark.parametrize("weeks", [120, 200])
def test_rules_of_ones_own_and_what_they_remember_go_on(weeks, tmp_path):
    values = with_rules(values_of(), tmp_path)
    lived = gone_on(saved_at(115, values, tmp_path), weeks=weeks)
    whole = uninterrupted({**values, "run.weeks": weeks})
    assert whole.own.own.people.calls.sum() > 0
    assert differing(lived, whole) == []


def test_rules_that_look_at_who_is_still_to_come_are_not_made_longer_in_silence(tmp_path):
    path = saved_at(115, with_rules(values_of(), tmp_path, OF_EVERYBODY), tmp_path)
    with pytest.raises(CheckpointError, match="does not begin with this one"):
        Life.resume(path, weeks=200)
    assert gone_on(path).week == 120


def test_the_code_of_rules_is_never_run_because_a_file_names_them(tmp_path, monkeypatch):
    path = saved_at(5, with_rules(values_of(), tmp_path), tmp_path)
    monkeypatch.setattr("sim.own_rules._loaded", {})
    with pytest.raises(OwnRulesError, match="have not been read here; name their file"):
        Life.resume(path)


def test_a_story_longer_than_there_was_room_for_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.population.STORY_ENTRIES_PER_PERSON", 0)
    monkeypatch.setattr("sim.population.STORY_ENTRIES_OF_GROUP", 5)
    values = values_of()
    path = saved_at(110, values, tmp_path)
    assert int(read(path).arrays["group"]["events"][0]) > 5
    assert differing(gone_on(path), uninterrupted(values)) == []
    monkeypatch.setattr("sim.population.STORY_ENTRIES_OF_GROUP", 9)
    assert differing(gone_on(path, weeks=200), uninterrupted({**values, "run.weeks": 200})) == []


def test_the_same_life_gives_the_same_file_and_no_pickle(tmp_path):
    first = saved_at(20, values_of(), tmp_path).read_bytes()
    path = saved_at(20, values_of(), tmp_path)
    assert path.read_bytes() == first
    assert [one.name for one in tmp_path.iterdir()] == ["life.npz"]
    with np.load(path, allow_pickle=False) as file:
        assert json.loads(file["about"].tobytes())["values"]["run.weeks"] == 120
        assert {file[name].dtype.hasobject for name in file.files} == {False}


def test_a_file_with_a_pickle_is_refused_unread(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("code of a file was run",))

    path = tmp_path / "bomb.npz"
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(CheckpointError, match="is damaged, or no checkpoint"):
        Life.resume(path)
    np.savez(path, about=np.array([Bomb()], dtype=object))
    with pytest.raises(CheckpointError, match="is damaged, or no checkpoint"):
        Life.resume(path)


def test_every_kind_of_damage_is_one_line(tmp_path):
    path = saved_at(20, values_of(), tmp_path)
    whole = path.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(CheckpointError, match=r"life\.npz: "):
            Life.resume(path)
    refused = 0
    for place in np.random.default_rng(1).integers(len(whole), size=60):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            life = Life.resume(path)
        except CheckpointError as problem:
            assert "\n" not in str(problem)
            refused += 1
        else:  # in what a ZIP says and nobody needs
            assert life.digest() == _at_20().digest()
    assert refused > 40


def _at_20():
    life = Life(values_of(), 1)
    life.live(20)
    return life


def edited(path, **changed):
    """The same file with some entries changed, and without the SHA-256 that they would need."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    about = json.loads(arrays["about"].tobytes()) | changed
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez(path, **arrays)
    return path


def test_values_that_were_edited_are_noticed(tmp_path):
    path = saved_at(20, values_of(), tmp_path)
    with pytest.raises(CheckpointError, match="SHA-256"):
        Life.resume(edited(path, week=19))


def test_another_version_is_refused_and_says_so(tmp_path, monkeypatch):
    path = saved_at(20, values_of(), tmp_path)
    with pytest.raises(CheckpointError, match="another version"):
        Life.resume(edited(path, format_version=2))
    saved_at(20, values_of(), tmp_path)
    monkeypatch.setattr(sim.checkpoint, "source_digest", lambda: "f" * 64)
    with pytest.raises(CheckpointError, match=r"source [0-9a-f]{16}, here ffffffffffffffff"):
        Life.resume(path)


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"weeks": 69}, "69 weeks, and 70 have been lived"),
        ({"later": {"group.phone_line@69": False}}, "from week 70 on"),
        ({"later": {"group.phone_line": False}}, "a value from the beginning"),
        ({"later": {"run.seed": 5}}, "a value from the beginning"),
        ({"later": {"run.seed@80": 5}}, "cannot change in mid-life"),
        ({"later": {"group.phone@80": False}}, "unknown parameter"),
        ({"weeks": 10**9}, "run.weeks"),
    ],
)
def test_what_would_change_what_was_lived_is_refused(more, match, tmp_path):
    path = saved_at(70, values_of(), tmp_path, 0)
    with pytest.raises(Problem, match=match):
        Life.resume(path, **more)


def test_what_is_no_file_is_said(tmp_path):
    for path, found in ((tmp_path / "none.npz", "no such file"), (tmp_path, "not a file")):
        with pytest.raises(CheckpointError, match=found):
            Life.resume(path)
    with pytest.raises(CheckpointError, match="cannot be written"):
        Life(values_of()).save(tmp_path / "no" / "life.npz")


def test_a_failed_save_leaves_what_was_there(tmp_path, monkeypatch):
    path = saved_at(20, values_of(), tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CheckpointError, match="No space left"):
        Life(values_of()).save(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["life.npz"]


def test_digests_of_rules_stay_a_tuple(tmp_path):
    path = saved_at(5, with_rules(values_of(), tmp_path), tmp_path)
    assert Life.resume(path).values[RULES] == read(path).values[RULES]
    assert isinstance(read(path).values[RULES], tuple)
