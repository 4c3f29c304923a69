"""docs/how-to/add-a-rule.md does what it says: four files by hand, one command, and everything holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import ROOT

HOW_TO = ROOT / "docs" / "how-to" / "add-a-rule.md"
PARTS = (
    "sim", "analysis", "view", "docs", "scenarios", "tests", "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
    "CITATION.cff", "LICENSE", "pyproject.toml", "run.py",
)  # fmt: skip
ACTS = """
from tests.builders import small_values
from tests.reference.compare import both, differences
for chance, much in ((0.0, 0), (0.8, 1)):
    values = small_values(contact__postcard_chance=chance, run__weeks=40)
    reference, engine = both(values, 40)
    assert not any(differences(reference, engine)), next(differences(reference, engine))
    assert (engine.world.people.postcards.max() > 0) == bool(much)
"""


def put_before(path: Path, line: str, added: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, f"{added.rstrip()}\n{line}"), encoding="utf-8")


@pytest.mark.slow
def test_the_rule_of_the_how_to_takes_four_files_and_one_command(tmp_path):
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, tmp_path / part)
    blocks = re.findall(r"^```python\n(.*?)^```$", HOW_TO.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    rule, its_import, its_call, its_test, second_call, second_version = blocks
    (tmp_path / "sim/rules/postcard.py").write_text(rule, encoding="utf-8")
    put_before(tmp_path / "sim/week.py", "from sim.rules.practise import practise\n", its_import)
    put_before(tmp_path / "sim/week.py", "    tell(world, week)\n", its_call)
    (tmp_path / "tests/rules/test_postcard.py").write_text(its_test, encoding="utf-8")
    model = tmp_path / "tests/reference/model.py"
    put_before(model, "        life.tell(self)\n", second_call)
    put_before(model, "from tests.reference import ", "from sim.rules.postcard import POSTCARD")
    model.write_text(f"{model.read_text(encoding='utf-8')}\n\n{second_version}", encoding="utf-8")

    def python(*arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "SAMEBOAT_CACHE_DIR": str(tmp_path / "cache")}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    python("-m", "docs.renew")
    python("-m", "docs.renew", "--check")
    python("-m", "ruff", "check", "sim", "tests", "docs")
    python("-m", "ruff", "format", "--check", "sim/rules/postcard.py", "tests/rules/test_postcard.py", str(model))
    python("-c", ACTS)
    tests = [f"tests/test_{name}.py" for name in ("house", "docs", "purposes", "baselines", "scenario")]
    python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_postcard.py", *tests)
    odd = (tmp_path / "docs/odd.md").read_text(encoding="utf-8")
    assert odd.index("### text") < odd.index("### postcard") < odd.index("### tell")
