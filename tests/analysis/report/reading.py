"""A page read as a browser would: its elements, names, words, and whatever it would fetch."""

from __future__ import annotations

import re
from html.parser import HTMLParser

EVIL = '<script>alert(1)</script>&" onload=\'x\' id="y" \\1 \\g<0> $x$ {{ 7*7 }} {% raw %}'
WITHOUT_END = {"meta", "link", "br", "img", "hr", "input"}
FETCHING = {
    "src",
    "href",
    "xlink:href",
    "srcset",
    "data",
    "action",
    "formaction",
    "poster",
    "background",
    "ping",
    "cite",
}


class Page(HTMLParser):
    """The page's text, taken apart.

    Attributes:
        elements: (tag, attributes) in order.
        ids: every ``id``.
        words: what is shown outside style and title, elements apart.
        quotations: what stands in ``blockquote``.
        left_open: tags that were never closed, or closed without having been opened.
    """

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.text, self.elements, self.shown, self.quoted, self.left_open, self._open = text, [], [], [], [], []
        self.comments = []
        self.feed(text)
        self.close()
        self.left_open += self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        if tag not in WITHOUT_END:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.left_open.append(f"/{tag}")

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_data(self, data):
        if "style" in self._open or "title" in self._open:
            return
        (self.quoted if "blockquote" in self._open else self.shown).append(data)

    def all(self, tag):
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self):
        """What is shown, quotations left out, white space made even."""
        return " ".join(" ".join(self.shown).split())

    @property
    def ids(self):
        """Every id, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def fetched(self):
        """All that a browser would fetch from anywhere."""
        found = []
        for tag, attributes in self.elements:
            for name, value in attributes.items():
                if name in FETCHING and not (value or "").startswith("#"):
                    found.append((tag, name, value))
                found += [(tag, name, url) for url in re.findall(r"url\(\s*['\"]?([^#)'\"][^)]*)\)", value or "")]
        found += re.findall(
            r"@import|url\(\s*['\"]?[^#)'\"\s][^)]*\)", "".join(re.findall(r"<style.*?</style>", self.text, re.S))
        )
        return found

    @property
    def dangling(self):
        """References to names that nothing on the page has."""
        names = set(self.ids)
        wanted = {
            value[1:] for _, a in self.elements for name, value in a.items() if name in FETCHING and value[:1] == "#"
        }
        wanted |= {
            name
            for _, a in self.elements
            for value in a.values()
            for name in re.findall(r"url\(#([^)]+)\)", value or "")
        }
        return wanted - names
