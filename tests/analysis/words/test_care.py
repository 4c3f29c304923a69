"""The care note says the same wherever it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.words.care import CARE, SUPPORT

ROOT = Path(__file__).parents[3]


def plain(document: str) -> str:
    """Text without Markdown's marks, on one line."""
    text = (ROOT / document).read_text(encoding="utf-8").replace("**", "")
    text = re.sub(r"\[([^]]*)\]\(https?://(?:www\.)?([^)]*)\)", r"\1 (\2)", text)
    return " ".join(text.split())


def test_the_readme_says_where_to_find_support_in_the_same_words():
    assert SUPPORT in plain("README.md")


@pytest.mark.parametrize("document", ["README.md", "docs/odd.md"])
@pytest.mark.parametrize(
    "part",
    ["not evidence that groups work or are safe", "must not be used for individual risk", "triage",
     "close or fund a group", "It has not been reviewed by people with lived experience"],
)  # fmt: skip
def test_readme_and_odd_say_what_the_note_says(document, part):
    assert part in CARE
    assert part in plain(document)


@pytest.mark.parametrize("document", ["README.md", "docs/odd.md"])
@pytest.mark.parametrize("service", ["Samaritans 116 123", "NHS 111", "999", "Self Injury Support", "local services"])
def test_readme_and_odd_name_the_same_services(document, service):
    assert service in SUPPORT
    assert service in plain(document)
