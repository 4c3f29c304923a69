"""The scenarios that come with Sameboat, as files beside this one: package data, in a checkout and in a wheel."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
EVIDENCE = "evidence.yaml"  # lies beside the scenarios, and is none of them


def files(folder: Path = FOLDER) -> list[Path]:
    """The scenario files in a folder, by name."""
    return sorted(path for path in folder.glob("*.yaml") if path.name != EVIDENCE)
