"""Sessions on pages: commands after `$ ` with what they print, and the files they work on.

A block that begins with `$ ` is a session. A line of it that is `…` stands for any lines, and `…`
within a line for any words. Ids and times differ from run to run, so they are compared by their
shape. A block below a sentence that ends with a file's name and a colon is that file.
"""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.cli import ROOT, START, curate
from tests.support.documents import words_of

GAP = "…"
FILE = re.compile(r"`([\w./-]+\.\w+)`:$")
HEAD = re.compile(r"^\[\[?([a-z_]+)", re.MULTILINE)
ID = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b")
SHORT_ID = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{4,}\b")
CHANGING = (
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+\d\d:\d\d)?"), "<time>"),
    (re.compile(r"\b\d{8}T\d{6}(?:\.\d+)?Z?[\w-]*"), "<time>"),
    (ID, "<id>"),
    (re.compile(r"\b127\.0\.0\.1:\d+|\blocalhost:\d+"), "<server>"),
)


@dataclass(frozen=True)
class Written:
    """A file that a page has its reader write."""

    name: str
    text: str


@dataclass(frozen=True)
class Typed:
    """A line that a page has its reader type, and the lines shown below it."""

    line: str
    shown: tuple[str, ...]


def steps(page: str) -> Iterator[Written | Typed]:
    """What a page has its reader write and type, in its order."""
    said = ""
    for part in _parts(page):
        if not part.startswith("    "):
            said = part.rstrip()
            continue
        block = re.sub(r"^    ", "", part, flags=re.MULTILINE)
        named = FILE.search(said)
        if block.startswith("$ "):
            yield from _typed(block)
        elif named:
            yield Written(named[1], block)
        said = ""


def _parts(page: str) -> Iterator[str]:
    """Sentences and blocks of a page in turn."""
    lines: list[str] = []
    inside = False
    for line in page.split("\n"):
        is_code = line.startswith("    ") or (inside and not line.strip())
        if is_code != inside and lines:
            yield "\n".join(lines).strip("\n")
            lines = []
        inside = is_code
        lines.append(line)
    yield "\n".join(lines).strip("\n")


def _typed(block: str) -> Iterator[Typed]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.replace("\\\n", " ").partition("\n")
        yield Typed(" ".join(line.split()), tuple(shown.rstrip("\n").split("\n") if shown else ()))


def _without(config: str, heads: set[str]) -> str:
    kept, skips = [], False
    for line in config.split("\n"):
        if found := HEAD.match(line):
            skips = found[1] in heads
        if not skips:
            kept.append(line)
    return "\n".join(kept)


class Session:
    """One reader at one page, in this folder; addresses of `at` stand for those of the page."""

    def __init__(self, at: Mapping[str, str]) -> None:
        self._at = dict(at)
        self._ids: dict[str, str] = {}

    def write(self, file: Written) -> None:
        """Write a file as its reader would: sections of a curate.toml replace those there."""
        path = Path(file.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self._here(file.text.rstrip("\n") + "\n")
        if path.name == "curate.toml" and path.exists():
            heads = set(HEAD.findall(text))
            text = f"{_without(path.read_text('utf-8'), heads)}\n{text}"
            tomllib.loads(text)
        path.write_text(text, encoding="utf-8")

    def printed(self, line: str) -> str:
        """What a typed line prints: `curate` runs in this process, others as their own.

        A line that fails prints its error.
        """
        line = SHORT_ID.sub(self._real_id, self._here(line))
        found = list(words_of(line))
        if found and not set(shlex.split(line)) & {"|", "&&", ">"}:
            ran = curate(*found[0])
            return ran.out + ran.err
        ours = f'{shlex.quote(sys.executable)} -c {shlex.quote(START)} "$@"'
        shell = f"curate() {{ {ours}; }}\n{line}"
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["bash", "-c", shell], capture_output=True, text=True, check=False, env=env
        )
        return done.stdout + done.stderr

    def differs(self, shown: tuple[str, ...], real: str) -> str:
        """Where what a page shows is not what was printed; nothing where it is."""
        lines = real.rstrip("\n").split("\n")
        at, may_skip = 0, False
        for line in shown:
            if line.strip() == GAP:
                may_skip = True
                continue
            places = range(at, len(lines) if may_skip else min(at + 1, len(lines)))
            found = next((place for place in places if _is(line, lines[place])), None)
            if found is None:
                return f"shown {line!r}, printed {lines[at : at + 3]}"
            self._learn(line, lines[found])
            at, may_skip = found + 1, False
        return "" if may_skip or at == len(lines) or not shown else f"not shown: {lines[at]!r}"

    def _here(self, text: str) -> str:
        for given, real in self._at.items():
            text = text.replace(given, real)
        return text

    def _learn(self, shown: str, real: str) -> None:
        """Which id of today is which of the page, from a line that has them all."""
        given, now = ID.findall(shown), ID.findall(real)
        if len(given) == len(now):
            self._ids.update(zip(given, now, strict=True))

    def _real_id(self, found: re.Match[str]) -> str:
        start = found[0]
        known = {now for given, now in self._ids.items() if given.startswith(start)}
        return min(known)[: len(start)] if known else start


def _is(shown: str, real: str) -> bool:
    parts = (re.escape(part) for part in masked(shown).split(GAP))
    return bool(re.fullmatch(".*".join(parts), masked(real)))


def masked(line: str) -> str:
    """A line without what differs from run to run."""
    for pattern, name in CHANGING:
        line = pattern.sub(name, line)
    return line.rstrip()
