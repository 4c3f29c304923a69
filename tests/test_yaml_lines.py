"""YAML as it is read here: the scalars of YAML 1.2, lines, and files that are none."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.yaml_lines import YamlError, as_text, beside, is_ordinary_file, read_text, read_value, read_yaml

SCALARS = {
    "010": 10, "8": 8, "-7": -7, "+1": 1, "0o17": 15, "0x1F": 31, "-0": 0,
    "1e-3": 0.001, "1e-04": 0.0001, "1E+05": 100000.0, ".5": 0.5, "5.": 5.0, "-.5": -0.5, "1.50": 1.5, ".inf": math.inf,
    "-.INF": -math.inf, "true": True, "TRUE": True, "False": False, "null": None, "~": None, "": None,
}  # fmt: skip
TEXTS = (
    "1:44", "190:20:30", "yes", "no", "on", "off", "Yes", "y", "N", "5L", "NA", "NaN", "nan", "Inf", "inf", "1_000",
    "0b11", "2020-01-01", "2020-99-99", "tRue", "1e", "e5", ".", "+", "0o8", "0xg", "1,5", "<<", "=", "--1", "\u0663",
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS.items())
def test_numbers_flags_and_nothing_are_those_of_yaml_1_2(text, value):
    read = read_value(text)
    assert read == value
    assert type(read) is type(value)


def test_not_a_number_is_one_in_yaml_alone():
    assert math.isnan(read_value(".nan"))


@pytest.mark.parametrize("text", TEXTS)
def test_everything_else_is_text(text):
    assert read_value(text) == text
    assert read_value(f"[{text}]" if "," not in text else "[x]")[0] == (text if "," not in text else "x")


def test_quotation_marks_make_text_of_anything():
    assert read_value('"010"') == "010"
    assert read_value("'true'") == "true"


def test_keys_are_text_whatever_they_look_like():
    read = read_value("{yes: 1, on: 2, off: 3, no: 4, 010: 5, 8: 6, null: 7, true: 8, 1.0: 9}")
    assert list(read) == ["yes", "on", "off", "no", "010", "8", "null", "true", "1.0"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8"))
        | st.sampled_from([*SCALARS, *TEXTS]),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*TEXTS, "010", "1e-3"]), inner, max_size=3),
        max_leaves=6,
    )
)  # fmt: skip
def test_what_is_written_reads_back_as_the_same(content):
    assert read_value(as_text(content)) == content


@pytest.mark.parametrize(
    "text",
    ["!!bool maybe", "!!int ''", "!!float ''", "!!int '-'", "!!timestamp x", "!!str 5", "! x", "!%1b%5b31m x",
     "!a%0ab x", "!!omap [a: 1]", "!!python/object/apply:os.getcwd []", "!" + "a" * 900 + " x", "{!!str a: 1}"],
)  # fmt: skip
def test_tags_are_refused_whatever_they_say(text):
    with pytest.raises(YamlError, match="YAML tags") as caught:
        read_value(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*x", "aliases"), ("[1, *" + "k" * 900 + "]", "aliases"), ("{a: 1, a: 2}", "twice"), ("[1", "not valid YAML"),
        ("[" * 3000, "nested deeper"), ("9" * 5000, "a number of 5000 digits"), ("a\x00b", "not valid YAML"),
        ("0x" + "f" * 5000, "a number of 5002 digits"), ("{[1]: 2}", "a key is not plain text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_line(text, said):
    with pytest.raises(YamlError, match=said) as caught:
        read_value(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 250


def test_the_line_of_each_key_is_known(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("# a comment\nname: a\nrun:\n  7: 1\n  weeks: 5\n", encoding="utf-8")
    content, lines = read_yaml(path)
    assert content == {"name": "a", "run": {"7": 1, "weeks": 5}}
    assert [lines.of("name"), lines.of("run"), lines.of("run", "7"), lines.of("run", "weeks", 0), lines.of("no")] == [
        2, 3, 4, 5, 1,
    ]  # fmt: skip


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "latin").write_bytes(b"name: \xe4")
    (tmp_path / "large").write_bytes(b"# " + b"x" * 200_000)
    for name, said in (
        ("pipe", "is a pipe or a device; mend"), ("link", "is a folder; mend"), ("loop", "cannot be read"),
        ("gone", "no such file; mend"), ("latin/x", "no such file; mend"), ("x" * 300, "cannot be read"),
        ("a\0b", "no name that a file can have"), ("latin", "not UTF-8"), ("large", "larger than 100000 bytes"),
    ):  # fmt: skip
        assert is_ordinary_file(tmp_path / name) == (name in ("latin", "large"))
        with pytest.raises(YamlError, match=said) as caught:
            read_text(tmp_path / name, "mend")
        assert str(caught.value).isprintable()
    for device in ("/dev/zero", "/dev/tty"):
        with pytest.raises(YamlError, match="is a pipe or a device"):
            read_text(Path(device), "mend")


def test_a_file_named_in_another_is_beside_it_or_at_home(monkeypatch):
    monkeypatch.setenv("HOME", "/home/somebody")
    assert beside(Path("a/b.yaml"), "c.yaml") == Path("a/c.yaml")
    assert beside(Path("a/b.yaml"), "/c.yaml") == Path("/c.yaml")
    assert beside(Path("a/b.yaml"), "~/c.yaml") == Path("/home/somebody/c.yaml")
    assert beside(Path("a/b.yaml"), "~nobody-of-that-name/c.yaml") == Path("a/~nobody-of-that-name/c.yaml")
