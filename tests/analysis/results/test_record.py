"""record.json: all that is needed to make a result again, and nothing that is not checked on reading."""

from __future__ import annotations

import json

import pytest

from analysis.results.record import LARGEST_RECORD_BYTES, RECORD_FILE, Record, read_record
from analysis.studies.frame import study_of
from sim.parameters import PARAMETERS
from sim.problem import Problem
from tests.analysis.lives import scenario, unkind_words
from tests.analysis.results.records import record_of, version_1

ARM = ("arms", "groupA", "parameters")


@pytest.fixture
def record(run):
    """The record of a short run of group A."""
    return run.study.record(1, run.digest)


@pytest.fixture
def written(record, tmp_path):
    """A results folder with nothing but the record; ``edit`` changes one thing in it."""
    (tmp_path / RECORD_FILE).write_text(record.as_json(), encoding="utf-8")
    return tmp_path


def edit(folder, *path, value):
    """Set one value in the record, or take it out if the value is ``...``."""
    content = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    place = content
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    (folder / RECORD_FILE).write_text(json.dumps(content), encoding="utf-8")


def complaint(folder):
    """What is said about a record that is wrong: one line, not too long, that names the file."""
    with pytest.raises(Problem) as caught:
        study_of(read_record(folder), folder)
    message = str(caught.value)
    assert str(folder) in message
    assert "\n" not in message
    assert len(message) < 600
    return message


def test_a_record_comes_back_as_it_was(record, written):
    assert read_record(written) == record


def test_a_record_says_every_parameter_and_where_it_came_from(record):
    (arm,) = record.arms.values()
    assert list(arm.parameters) == list(PARAMETERS)
    assert arm.origins["people.residents"] == "--set"
    assert arm.origins["group.women_only"].endswith("groupA.yaml")
    assert arm.origins["people.mean_stay_years"].endswith("base.yaml")
    assert arm.parameters["episodes.relief"].origin == "default"
    assert arm.values == scenario().values


def test_a_record_says_versions_seed_source_and_care(record):
    content = json.loads(record.as_json())
    assert (content["kind"], content["first_seed"], content["runs"]) == ("run", 1, 1)
    assert content["arms"]["groupA"]["parameters"]["run.weeks"]["value"] == 30
    assert {"python", "numpy", "numba", "sameboat"} <= set(content["versions"])
    assert len(content["digest"]) == len(content["source_digest"]) == 64
    for words in ("not evidence that groups work or are safe", "individual risk", "lived experience", "invented"):
        assert words in content["care"]
    assert unkind_words(content["care"]) == []


def test_the_study_of_a_record_is_the_one_that_was_lived(run, record, written):
    again = study_of(read_record(written), written)
    assert type(again) is type(run.study)
    assert again.arms[0] == run.study.arms[0]
    assert again.arms[0].origins == run.study.arms[0].origins
    assert again.record().request() == record.request()


def test_a_record_of_version_1_is_read_as_today(tmp_path):
    record = record_of(finished_runs=4)
    (tmp_path / RECORD_FILE).write_text(json.dumps(version_1(record)))
    again = read_record(tmp_path)
    assert again.request() == record.request()
    assert (again.kind, again.finished_runs, again.arms["absent"].title) == ("compare", 4, "Title of absent")
    edit(tmp_path, "arms", value=...)
    assert "lacks what a record of version 1 says" in complaint(tmp_path)


def test_a_run_of_version_1_whose_seed_was_edited_is_refused(record, tmp_path):
    (arm,) = record.arms.values()
    old = record.model_dump() | {
        "format": "sameboat run",
        "format_version": 1,
        "name": "groupA",
        "seed": 2,
        "weeks": 30,
    }
    old |= {
        "title": arm.title,
        "question": arm.question,
        "parameters": record.model_dump()["arms"]["groupA"]["parameters"],
    }
    (tmp_path / RECORD_FILE).write_text(json.dumps(old))
    assert "was cut short or edited" in complaint(tmp_path)
    edit(tmp_path, "seed", value=1)
    assert read_record(tmp_path).request() == record.request()


NOT_A_RECORD = {
    "nothing": (b"", "not valid JSON"),
    "cut short": (b'{"format": "sameboat run", "for', "not valid JSON"),
    "not text": (bytes(range(256)), "not valid JSON"),
    "deep nesting": (b"[" * 200_000, "not valid JSON"),
    "a number without end": (b'{"seed": 1' + b"0" * 5000 + b"}", "not valid JSON"),
    "a list": (b"[]", "not a record of ours"),
    "text": (b'"sameboat run"', "not a record of ours"),
    "null": (b"null", "not a record of ours"),
    "another program's": (b'{"name": "left-pad", "version": "1.0"}', "not a record of ours"),
    "only our name": (b'{"format": "sameboat run"}', "format_version None"),
    "another version of the format": (b'{"format": "sameboat", "format_version": 3}', "format_version 3"),
    "an endless version": (b'{"format": "sameboat run", "format_version": "' + b"9" * 100_000 + b'"}', "reads 1 and 2"),
    "huge": (b" " * (LARGEST_RECORD_BYTES + 1), "too large"),
}


@pytest.mark.parametrize("what", NOT_A_RECORD)
def test_what_is_no_record_is_refused_in_one_line(tmp_path, what):
    content, expected = NOT_A_RECORD[what]
    (tmp_path / RECORD_FILE).write_bytes(content)
    assert expected in complaint(tmp_path)


WRONG = {
    "text for the seed": (("first_seed",), "one", "first_seed"),
    "a number in quotation marks for the seed": (("first_seed",), "1", "first_seed"),
    "yes for the seed": (("first_seed",), True, "first_seed"),
    "null for the runs": (("runs",), None, "runs"),
    "a kind that is none": (("kind",), "astrology", "'astrology' cannot be made again"),
    "a kind that is a path": (("kind",), "../os", "kind"),
    "a list of arms": (("arms",), [], "arms"),
    "a list of parameters": (ARM, [], "parameters"),
    "a number for a parameter": ((*ARM, "run.seed"), 1, "parameters.run.seed"),
    "text for a value": ((*ARM, "people.women", "value"), "half", "people.women"),
    "a number in quotation marks": ((*ARM, "people.women", "value"), "0.5", "people.women"),
    "an object for a value": ((*ARM, "people.women", "value"), {"a": 1}, "people.women"),
    "null for a value": ((*ARM, "people.women", "value"), None, "people.women"),
    "yes for a number": ((*ARM, "people.women", "value"), True, "found true"),
    "a number for yes": ((*ARM, "group.exists", "value"), 1, "true or false"),
    "not a number": ((*ARM, "people.women", "value"), float("nan"), "a number from 0 to 1"),
    "an infinite number": ((*ARM, "leaving.per_year", "value"), float("inf"), "a number from 0 to 52"),
    "out of range": ((*ARM, "people.residents", "value"), 10**12, "a whole number from 2 to 2000"),
    "an eighth day": ((*ARM, "group.meeting_days", "value"), [7], "a list of weekdays"),
    "a digest that is none": (("digest",), "abc", "digest"),
    "a digest and more": (("digest",), "0" * 64 + "\n", "digest"),
    "no digest of the source": (("source_digest",), ..., "source_digest"),
    "a key too many": (("shell",), "rm", "shell"),
    "a key of many letters": (("k" * 100_000,), 1, "k"),
    "an unknown parameter": ((*ARM, "people.left_handed"), {"value": 1, "origin": "default"},
                             "unknown here: people.left_handed"),
    "an unknown parameter of many letters": ((*ARM, "k" * 100_000), {"value": 1, "origin": "default"},
                                             "unknown here: k"),
    "a parameter too few": ((*ARM, "people.women"), ..., "missing here: people.women"),
    "a key that would ring a bell": (("\x1b[2J\a",), 1, "?[2J?"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_record_with_something_wrong_is_refused_in_one_line(written, what):
    path, value, expected = WRONG[what]
    edit(written, *path, value=value)
    assert expected in complaint(written)


def test_folders_without_a_record_are_refused_in_one_line(tmp_path):
    assert "no such folder" in complaint(tmp_path / "nowhere")
    assert "holds no record.json" in complaint(tmp_path)
    (tmp_path / RECORD_FILE).mkdir()
    assert "holds no record.json" in complaint(tmp_path)


def test_a_record_holds_no_number_that_is_none(record):
    bad = record.model_copy(update={"settings": {"precision": float("nan")}})
    with pytest.raises(ValueError, match="JSON"):
        bad.as_json()


def test_the_same_request_has_the_same_record_whatever_the_time():
    assert record_of(seconds=1.0).request() == record_of(seconds=2.0, started="later", finished_runs=3).request()
    assert isinstance(record_of(), Record)
