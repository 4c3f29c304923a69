"""A matplotlib figure as part of a page: inline SVG with its description, at home on any screen."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from html import escape

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG

from analysis.figures.style import RC, Drawing

_TAG = re.compile(r"<[^>]*>")  # words may well look like names
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
# Sizes in inches are the drawing's; on the page its width is that of the column.
_HEAD = re.compile(r"<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>", re.DOTALL)


def inline(draw: Callable[[], Drawing], caption: str, name: str) -> Markup:
    """Draw a figure and give it as HTML.

    Args:
        draw: makes the figure and says in words what it shows.
        caption: what stands below it.
        name: of the figure, another for each one on a page.

    Returns:
        A ``figure`` element; nothing in it points outside the page.
    """
    with mpl.rc_context(RC):
        return embedded(draw(), caption, name)


def embedded(drawing: Drawing, caption: str, name: str) -> Markup:
    """A drawing as HTML, like ``inline``; call it within ``analysis.figures.style.style``."""
    FigureCanvasSVG(drawing.figure)
    buffer = io.StringIO()
    drawing.figure.savefig(buffer, format="svg", metadata={"Date": None})
    return as_figure(buffer.getvalue(), drawing.description, caption, name)


def as_figure(svg: str, description: str, caption: str, name: str) -> Markup:
    """An SVG file's text as a ``figure`` element.

    Args:
        svg: the text, as matplotlib writes it.
        description: for those who cannot see it.
        caption: what stands below it.
        name: of the figure, another for each one on a page.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    # Several drawings on one page must not share names, and the same page is the same text however many came before.
    prefix = f"f{zlib.crc32(name.encode()):08x}-"

    def renamed(tag: re.Match[str]) -> str:
        if tag.group().startswith("<image"):  # nothing refers to it, and two colour bars have the same
            return re.sub(r' id="[^"]*"', "", tag.group())
        return _ID.sub(lambda found: found.group(1) + prefix + found.group(2), tag.group())

    body = _TAG.sub(renamed, body)
    label = escape(description, quote=True)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

    def head(found: re.Match[str]) -> str:
        return f'<svg {spaces} viewBox="{found.group(1)}" role="img" aria-label="{label}">'

    body = _HEAD.sub(head, body, count=1)
    return Markup(f'<figure><div class="wide">{body}</div><figcaption>{escape(caption)}</figcaption></figure>')
