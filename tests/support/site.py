"""The documents as a site, and what a browser would fetch to show a page of it."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.support.needed import missing

ROOT = Path(__file__).resolve().parents[2]
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""The attributes of elements that are loaded with the page; an `a` is followed, not loaded."""
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


def built(folder: Path) -> Path:
    """The site, made by a strict build as `make site` does."""
    if importlib.util.find_spec("mkdocs") is None:
        missing("no mkdocs here: make test installs it")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return folder


def loaded_by(page: str) -> list[str]:
    """The addresses that a page's own elements and styles load."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


def loaded_by_style(text: str) -> Iterator[str]:
    for found in IN_STYLE.finditer(text):
        yield found[1] or found[2]


def is_elsewhere(address: str) -> bool:
    """Whether an address leaves the site: it names a host."""
    return bool(re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", address.strip(), re.IGNORECASE))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in FETCHED.get(tag, ()):
                self.found += [part.split()[0] for part in value.split(",") if part.strip()]
            if value and name == "style":
                self.found += loaded_by_style(value)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style":
            self.found += loaded_by_style(data)
