"""Claims of one's own: a file that the user names, read with care and told apart from another text."""

from __future__ import annotations

import re

import pytest

from analysis.studies.claims.own import claims_again, load_claims
from sim.problem import Problem
from tests.builders import ROOT

GOOD = """from analysis.studies.claims.arms import Plan
from analysis.studies.claims.declare import Claim, Estimand, Reading, World
from analysis.studies.claims.read import effect

ARMS = {"one hour": Plan("groupA", "An hour", {"group.meeting_hours": 1.0})}
WORDS = dict.fromkeys(("statement", "contrast", "population", "outcome", "threshold"), "words")
CLAIMS = (
    Claim(id="HOUR", kind="emergent", dated="2026-11-25", decides=(effect("one hour", "ties").above(0.0),), **WORDS),
)
"""


@pytest.fixture
def written(tmp_path):
    """A claims file with this text."""

    def write(text=GOOD, name="my_claims.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_of_claims(written):
    file = load_claims(written())
    assert [claim.id for claim in file.claims] == ["HOUR"]
    assert file.claims[0].needs == ("one hour",)
    assert file.arms["one hour"].changes == {"group.meeting_hours": 1.0}
    assert file.identity["file"] == "my_claims.py"


CHANGES = (
    ("CLAIMS = (", "CLAIMS = ((", r":7: '\(' was never closed; expected Python"),
    ("import effect", "import affect", r":3: ImportError: cannot import name 'affect'"),
    ("ARMS =", "raise SystemExit(3)\nARMS =", r":5: SystemExit: 3"),
    ("CLAIMS = (", "OTHER = (", r":1: CLAIMS: expected a tuple of at least one Claim"),
    ("CLAIMS = (\n    Claim(", "CLAIMS = (\n    dict(", r":7: CLAIMS: expected a tuple"),
    ('Plan("groupA", "An hour", {"group.meeting_hours": 1.0})', '"groupA"', ":5: ARMS: expected arms by name"),
    ('{"one hour": P', '{"no line": P', ":5: no line: an arm of that name comes with Sameboat"),
    ('Plan("groupA"', 'Plan("groupC"', ":5: one hour: found the scenario 'groupC', expected one of absent"),
    ("group.meeting_hours", "group.meeting_hour", r":5: one hour: .*did you mean group\.meeting_hours"),
    ("group.meeting_hours", "people.residents", ":5: one hour: people.residents: .*"),
    ('"group.meeting_hours": 1.0', '"run.lead_in_weeks": 8', "run.lead_in_weeks: must be the same in every arm"),
    ('id="HOUR"', 'id="AN HOUR"', ":8: AN HOUR: expected an id of letters"),
    ('id="HOUR"', 'id="C17"', ":8: C17: a letter C with a number is a claim of the paper"),
    ('id="HOUR"', "id=17", "17: expected an id of letters"),
    ("**WORDS),", '**WORDS), Claim(id="hour", kind="explored", dated="2026-11-25", **WORDS),', "hour: this id stands"),
    ('"words")', '" ")', ":8: HOUR: statement: expected some words"),
    ('"emergent"', '"emerging"', ":8: HOUR: kind: found 'emerging', expected one of built in, emergent"),
    ("2026-11-25", "yesterday", ":8: HOUR: dated: found 'yesterday', expected the day"),
    (".above(0.0),)", ".above(0.0))", ":8: HOUR: decides, beside, true_without: expected tuples of estimands"),
    (".above(0.0)", "", ":8: HOUR: decides: expected one estimand or more, each with a bound"),
    ('"emergent"', '"explored"', ":8: HOUR: decides: an explored claim has nothing that decides"),
    ('effect("one hour"', 'effect("an hour"', ":8: HOUR: found the arm 'an hour', expected one of ARMS"),
    ("**WORDS)", "weeks=0, **WORDS)", ":8: HOUR: weeks: found 0, expected"),
    ("**WORDS)", 'needs_mechanisms=("guild",), **WORDS)', ":8: HOUR: needs_mechanisms: expected a tuple of names"),
    ("**WORDS)", 'fails_in="never", **WORDS)', ":8: HOUR: fails_in: expected words and changes by name"),
    ("**WORDS)", 'fails_in=World("", {"ties.growth": 1.0}), **WORDS)', ":8: HOUR: fails_in: ties.growth: unknown"),
    ("**WORDS)", "note=None, **WORDS)", ":8: HOUR: note: expected some words"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), CHANGES, ids=lambda text: re.sub(r"\s+", " ", text)[:30])
def test_a_bad_file_is_one_line(written, old, new, words):
    assert old in GOOD
    path = written(GOOD.replace(old, new, 1))
    with pytest.raises(Problem, match=words) as said:
        load_claims(path)
    assert str(said.value).startswith(f"{path}:")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(Problem, match=r"--claims .*none\.py: no such file; expected a Python file with CLAIMS"):
        load_claims(tmp_path / "none.py")
    with pytest.raises(Problem, match="is a folder"):
        load_claims(tmp_path)


def test_another_text_is_not_run(written, tmp_path):
    file = load_claims(written())
    made = {"own_claims": file.identity}
    mark = tmp_path / "was run"
    other = written(f"open({str(mark)!r}, 'w').close()\n{GOOD}", "other.py")
    with pytest.raises(Problem, match=r"--claims .*other\.py: is another text \(SHA-256 [0-9a-f]{16}"):
        claims_again(made, other, tmp_path)
    assert not mark.exists()
    assert load_claims(other).claims[0].id == "HOUR"
    assert mark.exists()


def test_made_again_it_must_be_named_again(written, tmp_path):
    path = written()
    made = {"own_claims": load_claims(path).identity}
    assert claims_again(made, path, tmp_path).claims[0].id == "HOUR"
    assert claims_again({}, None, tmp_path) is None
    with pytest.raises(Problem, match=r"made with claims of my_claims\.py \(SHA-256 .*name it: --claims FILE"):
        claims_again(made, None, tmp_path)
    with pytest.raises(Problem, match="was made without claims of one's own; leave it out"):
        claims_again({}, path, tmp_path)
    for edited in ("my_claims.py", {"file": "my_claims.py"}, {"file": 3, "sha256": 4}):
        with pytest.raises(Problem, match="own_claims: expected `file` and `sha256`; the record has been edited"):
            claims_again({"own_claims": edited}, path, tmp_path)


def test_the_claim_of_the_how_to_is_a_claim(written):
    text = (ROOT / "docs" / "how-to" / "add-a-claim.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    file = load_claims(written(code))
    assert [claim.id for claim in file.claims] == ["HOUR"]
    assert set(file.claims[0].needs) == {"one hour", "groupA"}
