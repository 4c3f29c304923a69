"""What can be kept of a panel or of all that was seen: one SVG, or a page that opens without Python.

The replay holds pictures of weeks seen, drawn as the page draws them, and a few lines of script that turn its leaves.
Nothing in it is fetched from anywhere, and a browser is told to let nothing be.
"""

from __future__ import annotations

import re
from pathlib import Path

from analysis.words.care import CARE, SUPPORT
from view import svg
from view.lives import TwinLives
from view.panels import change, curves, drawn, lifelines, network, story
from view.snapshot import Snapshot
from view.svg import words

MOST_LEAVES = 80
MOST_ANSWERS = 120  # a tenth of a second each, and about a kilobyte
MARGIN, HEAD, FOOT = 12.0, 34.0, 26.0
_SVG = re.compile(r'<svg class="sb-svg.*?</svg>', re.DOTALL)
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
NOTE = "Invented people; not evidence that groups work or are safe."


def as_svg(panel: str, title: str, columns: int = 2) -> str:
    """All pictures of a panel as one SVG, with its title above and what it is not below.

    Args:
        panel: its HTML.
        title: what it shows, of which week.
        columns: how many pictures beside each other.
    """
    pictures = _SVG.findall(panel)
    boxes = [tuple(map(float, _BOX.search(one).groups())) for one in pictures]  # type: ignore[union-attr]
    parts, y, right = [], HEAD, 0.0
    for first in range(0, len(pictures), columns):
        x = MARGIN
        row = range(first, min(first + columns, len(pictures)))
        for k in row:
            wide, high = boxes[k]
            placed = f'<svg x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" '
            parts.append(pictures[k].replace("<svg ", placed, 1))
            x += wide + MARGIN
        y += max(boxes[k][1] for k in row) + MARGIN
        right = max(right, x)
    right = max(right, 420.0)
    text = (f'<text x="{MARGIN:g}" y="22" font-size="15" font-weight="600" fill="{svg.INK}">{words(title)}</text>'
            f'<text x="{MARGIN:g}" y="{y + 14:g}" font-size="12" fill="{svg.GREY}">{words(NOTE)}</text>')  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right:g} {y + FOOT:g}" width="{right:g}" '
        f'height="{y + FOOT:g}" font-family="Helvetica, Arial, sans-serif">'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>'
        f"{text}{''.join(parts)}</svg>"
    )


def when(snapshot: Snapshot) -> str:
    """The week shown, in words."""
    return f"Week {snapshot.shown - 1} of {snapshot.total_weeks - 1}" if snapshot.shown else "Before the opening"


def replay(lives: TwinLives) -> str:
    """All that was seen, as a page of its own: the network, both lives' curves, the story and why, before and after.

    Args:
        lives: with and without the group; at most MOST_LEAVES weeks are kept, evenly over those seen.
            Why something came about is said of the latest MOST_ANSWERS entries of the story.
    """
    last = lives.lived
    count = min(last + 1, MOST_LEAVES)
    weeks = sorted({round(k * last / max(count - 1, 1)) for k in range(count)})
    now = lives.at(last)
    asked = range(max(len(now.story) - MOST_ANSWERS, 0), len(now.story))
    leaves = "".join(_leaf(lives.at(week), k, asked) for k, week in enumerate(weeks))
    answers = "".join(f'<template id="why-{k}">{drawn(story.why, now, k)}</template>' for k in asked)
    title = now.config.title or now.config.name
    account = f", under the account {now.config.account.name}" if now.config.account else ""
    said = f"{title}{account}; seed {now.config.values['run.seed']}; {len(weeks)} of {last + 1} weeks seen"
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Sameboat: {words(title)}</title><style>{_STYLE}
body {{ margin: 0 auto; max-width: 1200px; padding: 12px; font: 15px/1.45 Helvetica, Arial, sans-serif; }}
.leaf {{ display: none; }} .leaf.here {{ display: block; }}
.sb-story .sb-ask {{ color: var(--link); text-decoration: underline; font: inherit; background: none; border: 0; }}
.leaf .sb-story a {{ color: inherit !important; text-decoration: none; cursor: default; }}
input[type=range] {{ width: 100%; }}</style></head>
<body class="sb-page"><h1>Sameboat: a replay</h1><p>{words(said)}</p>
<p class="sb-care">{words(CARE)} {words(SUPPORT)}</p>
<p><button id="play" type="button">Play</button> <label for="week">Week</label>
<input id="week" type="range" min="0" max="{len(weeks) - 1}" value="{len(weeks) - 1}"></p>
<main>{leaves}</main>
{answers}
<script>
// Turns the leaves: one is shown at a time. "why?" in the story, or of a mark above a curve, is answered in its card.
const leaves = document.querySelectorAll(".leaf"), week = document.getElementById("week");
const show = () => leaves.forEach((leaf, k) => leaf.classList.toggle("here", k === Number(week.value)));
week.addEventListener("input", show);
let playing = null;
document.getElementById("play").addEventListener("click", (event) => {{
  if (playing) {{ clearInterval(playing); playing = null; event.target.textContent = "Play"; return; }}
  if (Number(week.value) === leaves.length - 1) week.value = 0;
  event.target.textContent = "Pause";
  playing = setInterval(() => {{
    week.value = Number(week.value) + 1;
    show();
    if (Number(week.value) === leaves.length - 1) event.target.click();
  }}, 400);
}});
const closed = (card) => {{ const old = card.querySelector(".sb-answer"); if (old) old.remove(); }};
const away = (mark, x) => {{
  const box = mark.querySelector("path").getBoundingClientRect();
  return Math.abs(box.left + box.width / 2 - x);
}};
const nearest = (marks, x) => [...marks].sort((one, other) => away(one, x) - away(other, x))[0];
document.querySelector("main").addEventListener("click", (event) => {{
  const marks = event.target.closest(".sb-marks");
  const near = marks && nearest(marks.querySelectorAll("[data-why]"), event.clientX);
  const asked = near || event.target.closest("[data-why]");
  if (!asked) return;
  const card = asked.closest(".sb-card");
  const answer = document.createElement("div"), close = document.createElement("button");
  closed(card);
  answer.className = "sb-answer";
  answer.tabIndex = -1;
  answer.append(document.getElementById("why-" + asked.dataset.why).content.cloneNode(true));
  close.className = "sb-small";
  close.textContent = "Close the answer";
  close.addEventListener("click", () => {{ closed(card); if (asked.focus) asked.focus(); }});
  answer.append(close);
  card.querySelector("h2").after(answer);
  answer.focus({{ preventScroll: true }});
  answer.scrollIntoView({{ block: "nearest" }});
}});
show();
</script></body></html>
"""


def _leaf(snapshot: Snapshot, number: int, asked: range) -> str:
    parts = (
        ("Who is close to whom", drawn(network.draw, snapshot) + network.legend("isolation")),
        ("The group's story", f'<div class="sb-scroll">{drawn(story.draw, snapshot)}</div>'),
        ("Members, and the same people without a group", curves.key() + drawn(curves.states, snapshot)),
        ("Hard days, and how they are got through", curves.key() + drawn(curves.days, snapshot)),
        ("Before and after, beside the twin", drawn(change.draw, snapshot)),
        (
            "Who came, how often, for how long",
            lifelines.key()
            + drawn(lifelines.attendance, snapshot)
            + lifelines.legend()
            + drawn(lifelines.draw, snapshot),
        ),
    )
    cards = "".join(
        f'<section class="sb-card"><h2>{title}</h2>{_still(picture, asked)}</section>' for title, picture in parts
    )
    here = f'<article class="leaf" id="leaf-{number}"><h2 class="sb-when-now">{when(snapshot)}</h2>'
    return f'{here}<div class="sb-grid">{cards}</div></article>'


def _still(picture: str, asked: range) -> str:
    """A picture in which nobody can be picked; of entries that have an answer it can be asked why."""

    def ask(found: re.Match[str]) -> str:
        k, said = found.groups()
        kept = f' <button type="button" class="sb-ask" data-why="{k}"{said}>why?</button>'
        return kept if int(k) in asked else ""

    picture = re.sub(r' <a class="sb-ask" data-why="(\d+)" tabindex="0" role="button"( aria-label="[^"]*")>why\?</a>',
                     ask, picture)  # fmt: skip
    picture = re.sub(r' data-why="(\d+)"', lambda found: found.group() if int(found[1]) in asked else "", picture)
    return re.sub(
        r' (data-person|data-go|data-weeks|tabindex)="[^"]*"| role="button"( aria-label="[^"]*")?', "", picture
    )
