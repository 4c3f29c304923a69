"""The digest of the code: whatever makes rows is in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import analysis
from analysis.studies.sweep import identity
from analysis.studies.sweep.identity import MAKES_ROWS, code_digest

# Brought along, but no figure in a table depends on them.
ONLY_BROUGHT_ALONG = {
    "results/record.py",
    "results/provenance.py",
    "words/care.py",
    "studies/sweep/identity.py",
    "studies/sweep/factor.py",
}
HOME = Path(analysis.__file__).parent


def test_all_that_makes_rows_is_in_the_digest():
    ask = (
        "import sys, analysis.studies.sweep.rows\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('analysis.')))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    used = {Path(path).relative_to(HOME).as_posix() for path in done.stdout.split()}
    used = {name for name in used if not name.endswith("__init__.py")}
    assert used - set(MAKES_ROWS) <= ONLY_BROUGHT_ALONG
    assert set(MAKES_ROWS) <= used


def test_a_changed_source_or_package_changes_the_digest(monkeypatch):
    before = code_digest.__wrapped__()
    assert code_digest.__wrapped__() == before
    with monkeypatch.context() as patch:
        patch.setattr(identity, "source_digest", lambda: "another model")
        assert code_digest.__wrapped__() != before
    with monkeypatch.context() as patch:
        patch.setattr(identity, "versions", lambda: ["numpy 1.0"])
        assert code_digest.__wrapped__() != before
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(path) + (b"#" if path.name == "paired.py" else b""))
    assert code_digest.__wrapped__() != before
