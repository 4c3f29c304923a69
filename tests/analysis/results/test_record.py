"""record.json: all that is needed to run again, and nothing that is not checked on reading."""

from __future__ import annotations

import json

import pytest

from analysis.results.record import LARGEST_RECORD_BYTES, RECORD_FILE, Record, read_record, scenario_of
from sim.parameters import PARAMETERS
from sim.problem import Problem
from tests.analysis.lives import scenario, unkind_words


@pytest.fixture
def written(run, tmp_path):
    """A results folder with nothing but the record; ``edit`` changes one thing in it."""
    (tmp_path / RECORD_FILE).write_text(run.record.as_json(), encoding="utf-8")
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
        scenario_of(read_record(folder), folder / RECORD_FILE)
    message = str(caught.value)
    assert str(folder) in message
    assert "\n" not in message
    assert len(message) < 600
    return message


def test_a_record_comes_back_as_it_was(run, written):
    assert read_record(written) == run.record


def test_a_record_says_every_parameter_and_where_it_came_from(run):
    assert list(run.record.parameters) == list(PARAMETERS)
    origins = {name: parameter.origin for name, parameter in run.record.parameters.items()}
    assert origins["people.residents"] == "--set"
    assert origins["group.women_only"].endswith("groupA.yaml")
    assert origins["people.mean_stay_years"].endswith("base.yaml")
    assert origins["episodes.relief"] == "default"
    assert run.record.values == scenario().values


def test_a_record_says_versions_seed_source_and_care(run):
    content = json.loads(run.record.as_json())
    assert content["seed"] == 1
    assert content["weeks"] == 30
    assert {"python", "numpy", "numba", "sameboat"} <= set(content["versions"])
    assert len(content["digest"]) == len(content["source_digest"]) == 64
    for words in ("not evidence that groups work or are safe", "individual risk", "lived experience", "invented"):
        assert words in content["care"]
    assert unkind_words(content["care"]) == []


def test_the_scenario_of_a_record_is_the_scenario_that_was_run(run, written):
    again = scenario_of(read_record(written), written / RECORD_FILE)
    assert again.values == scenario().values
    assert again.name == "groupA"
    assert again.title == scenario().title
    assert again.origins == scenario().origins


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
    "another version of the format": (b'{"format": "sameboat run", "format_version": 2}', "format_version 2"),
    "an endless version": (b'{"format": "sameboat run", "format_version": "' + b"9" * 100_000 + b'"}', "reads 1"),
    "huge": (b" " * (LARGEST_RECORD_BYTES + 1), "too large"),
}


@pytest.mark.parametrize("what", NOT_A_RECORD)
def test_what_is_no_record_is_refused_in_one_line(tmp_path, what):
    content, expected = NOT_A_RECORD[what]
    (tmp_path / RECORD_FILE).write_bytes(content)
    assert expected in complaint(tmp_path)


WRONG = {
    "text for the seed": (("seed",), "one", "seed"),
    "a number in quotation marks for the seed": (("seed",), "1", "seed"),
    "yes for the seed": (("seed",), True, "seed"),
    "null for the weeks": (("weeks",), None, "weeks"),
    "a list of parameters": (("parameters",), [], "parameters"),
    "a number for a parameter": (("parameters", "run.seed"), 1, "parameters.run.seed"),
    "text for a value": (("parameters", "people.women", "value"), "half", "people.women"),
    "a number in quotation marks": (("parameters", "people.women", "value"), "0.5", "people.women"),
    "an object for a value": (("parameters", "people.women", "value"), {"a": 1}, "people.women"),
    "null for a value": (("parameters", "people.women", "value"), None, "people.women"),
    "yes for a number": (("parameters", "people.women", "value"), True, "found true"),
    "a number for yes": (("parameters", "group.exists", "value"), 1, "true or false"),
    "not a number": (("parameters", "people.women", "value"), float("nan"), "a number from 0 to 1"),
    "an infinite number": (("parameters", "leaving.per_year", "value"), float("inf"), "a number from 0 to 52"),
    "out of range": (("parameters", "people.residents", "value"), 10**12, "a whole number from 2 to 2000"),
    "an eighth day": (("parameters", "group.meeting_days", "value"), [7], "a list of weekdays"),
    "another seed": (("seed",), 2, "the record was edited"),
    "other weeks": (("weeks",), 31, "the record was edited"),
    "a digest that is none": (("digest",), "abc", "digest"),
    "a digest and more": (("digest",), "0" * 64 + "\n", "digest"),
    "no digest": (("digest",), ..., "digest"),
    "a key too many": (("shell",), "rm", "shell"),
    "a key of many letters": (("k" * 100_000,), 1, "k"),
    "an unknown parameter": (("parameters", "people.left_handed"), {"value": 1, "origin": "default"},
                             "unknown here: people.left_handed"),
    "an unknown parameter of many letters": (("parameters", "k" * 100_000), {"value": 1, "origin": "default"},
                                             "unknown here: k"),
    "a parameter too few": (("parameters", "people.women"), ..., "missing here: people.women"),
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


def test_a_record_holds_no_number_that_is_none(run):
    parameters = run.record.parameters | {
        "people.women": run.record.parameters["people.women"].model_copy(update={"value": float("nan")})
    }
    bad = Record.model_construct(**(dict(run.record) | {"parameters": parameters}))
    with pytest.raises(ValueError, match="JSON"):
        bad.as_json()
