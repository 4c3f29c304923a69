"""Figures of every kind of life: there, valid, without a warning, and they load nothing from anywhere."""

from __future__ import annotations

import re
import warnings
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from PIL import Image

from analysis.figures.style import RC, save
from analysis.studies.frame import save_figures
from analysis.studies.run.arrays import Arrays
from analysis.studies.run.figures import DRAWERS
from tests.analysis.lives import contents, titled, unkind_words

KINDS = ("a group", "meals and a phone line", "no group", "a group that closes early", "one week", "two weeks",
         "one week without a group")  # fmt: skip
EMPTY_WITHOUT_MEMBERS = ("lifelines", "network")


@pytest.fixture(scope="module", params=KINDS)
def drawn(request, lived, tmp_path_factory):
    """All figures of one kind of life, drawn while every warning is an error."""
    folder = tmp_path_factory.mktemp("figures")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_figures(lived(request.param), folder)
    return request.param, folder


def svg_of(path):
    text = path.read_text(encoding="utf-8")
    return text, ElementTree.fromstring(text)


def loads_nothing(path):
    """No script, and no link but to places in the file itself."""
    text, root = svg_of(path)
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        assert tag.lower() not in {"script", "foreignobject", "iframe", "image", "a", "animate", "set"}, tag
        for name, value in element.attrib.items():
            attribute = name.rpartition("}")[2].lower()
            assert not attribute.startswith("on"), attribute
            if attribute in ("href", "src"):
                assert value.startswith("#"), value
    assert all(place.startswith("#") for place in re.findall(r"url\(['\"]?([^)]*)", text))
    assert "@import" not in text
    assert "<?xml-stylesheet" not in text
    assert "<!ENTITY" not in text


def test_every_figure_is_there_as_png_and_svg(drawn):
    _, folder = drawn
    assert sorted(contents(folder)) == sorted(f"{name}.{ending}" for name in DRAWERS for ending in ("png", "svg"))


def test_every_png_is_an_image_with_something_on_it(drawn):
    kind, folder = drawn
    for path in folder.glob("*.png"):
        with Image.open(path) as image:
            image.load()
            assert image.format == "PNG"
            assert image.width == 1500
            assert image.height > 250
            assert len(image.convert("L").getcolors()) > 10, f"{kind}: {path.name} is blank"
            assert image.info["Description"]


def test_every_svg_is_valid_says_what_it_shows_and_loads_nothing(drawn):
    _, folder = drawn
    for path in folder.glob("*.svg"):
        text, root = svg_of(path)
        assert root.tag.endswith("}svg")
        assert "<dc:title>" in text
        assert "<dc:description>" in text or "description" in text
        assert len(text) > 1000
        loads_nothing(path)


def test_figures_speak_kindly_of_people(drawn):
    _, folder = drawn
    for path in folder.glob("*.svg"):
        words = " ".join(text for text in svg_of(path)[1].itertext() if "{" not in text)
        assert unkind_words(words) == [], path.name


def test_what_cannot_be_drawn_says_why(drawn):
    kind, folder = drawn
    for name in EMPTY_WITHOUT_MEMBERS:
        words = " ".join(svg_of(folder / f"{name}.svg")[1].itertext())
        assert ("no group" in words) == (kind in ("no group", "one week without a group")), name


def test_episodes_stand_beside_coping_and_distress_and_all_say_one_run_is_one_story(drawn):
    kind, folder = drawn
    words = {name: " ".join(" ".join(svg_of(folder / f"{name}.svg")[1].itertext()).split()) for name in DRAWERS}
    for panel in ("Episodes of self-harm", "Coping", "Distress", "Hard days, and those got through"):
        assert panel in words["episodes"]
    assert "Few or no episodes is not the same as being well" in words["episodes"]
    for name in DRAWERS if "no group" not in words["network"] else ("states", "episodes"):
        assert "One run is one story" in words[name], f"{kind}: {name}"


def test_the_closing_is_marked(lived, tmp_path):
    frame = Arrays(lived("a group that closes early"))
    assert 0 < frame.closed_week < 30
    with mpl.rc_context(RC):
        save(DRAWERS["states"](frame), tmp_path / "states")
    assert "group closed" in (tmp_path / "states.svg").read_text(encoding="utf-8")


def test_the_same_life_is_drawn_with_the_same_bytes(lived, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with mpl.rc_context(RC):
            frame = Arrays(lived("a group"))
            save(DRAWERS["network"](frame), tmp_path / name / "network")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script> & 'x' \"y\"", "$\\frac{1}{0}$ and $x", "bell \a and \x1b[31m red", "\ud800",
     "\u6587 \u5b57", "]]> <!-- --", "x" * 5000, " \n\t", "{x} %s \\"],
    ids=["markup", "mathematics", "control", "half a letter", "other scripts", "endings", "long", "blank", "format"],
)  # fmt: skip
def test_a_title_is_text_whatever_is_in_it(lived, tmp_path, title):
    run = lived("one week without a group")
    run = titled(run, title)
    with warnings.catch_warnings(), mpl.rc_context(RC):
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        save(DRAWERS["network"](Arrays(run)), tmp_path / "network")
    loads_nothing(tmp_path / "network.svg")
    words = " ".join(svg_of(tmp_path / "network.svg")[1].itertext())
    assert title[:12].strip() in words or not title.isprintable()
    assert "seed 1" in words


def test_drawing_leaves_matplotlib_as_it_was(lived, tmp_path):
    before = dict(mpl.rcParams)
    save_figures(lived("one week without a group"), tmp_path)
    assert dict(mpl.rcParams) == before
