"""What the documents tell their reader to type: command lines, options, settings."""

import re
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
APART = "\n(a block)\n"
"""What stands for a fenced block where the rest of its page is read."""
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
CURATE = re.compile(r"^\$?\s*(?:[A-Z_]+=\S+ )*(?:\S*/)?curate(?= \S)")
ENDS = {"&", "&&", "||", "|", ";", ">", ">>", "<", "2>"}
SETTING = re.compile(r"^\[([a-z_]+)\] ([a-z_0-9]+(?:\.[a-z_0-9]+)*)(?: = (.+))?$", re.DOTALL)


def pages(root: Path) -> dict[str, str]:
    """The text of every document a user reads, by its path from the repository on."""
    found = [*sorted(root.glob("*.md")), *sorted(root.glob("docs/**/*.md"))]
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in found}


def blocks(text: str) -> Iterator[str]:
    """The blocks of code of a page: fenced ones, then those that are set in by four spaces."""
    for found in FENCE.finditer(text):
        yield textwrap.dedent(found[2])
    lines: list[str] = []
    for line in [*FENCE.sub(APART, text).split("\n"), "the end"]:
        if line.startswith("    ") or (lines and not line.strip()):
            lines.append(line)
        elif lines:
            yield textwrap.dedent("\n".join(lines))
            lines = []


def inline(text: str) -> Iterator[str]:
    """The pieces of code inside sentences, each on one line."""
    prose = "\n".join(line for line in FENCE.sub(APART, text).split("\n") if line[:4].strip())
    for found in CODE.finditer(prose):
        yield " ".join(found[2].split())


def command_lines(text: str) -> Iterator[list[str]]:
    """The words after `curate` of every command line in the page's blocks of code."""
    for block in blocks(text):
        for line in block.replace("\\\n", " ").split("\n"):
            yield from words_of(line)


def words_of(line: str) -> Iterator[list[str]]:
    """The words after `curate` of each command in a shell's line; none where it is no such line."""
    if not re.search(r"(?:^|[\s/])curate ", line) or not CURATE.match(line.strip()):
        return
    lexer = shlex.shlex(line.strip().removeprefix("$ "), posix=True, punctuation_chars=";|&<>")
    lexer.whitespace_split = True
    command: list[str] = []
    for word in [*lexer, ";"]:
        if word not in ENDS:
            command.append(word)
            continue
        while command and re.fullmatch(r"[A-Z_]+=.*", command[0]):
            del command[0]
        if command and command[0].rpartition("/")[2] == "curate":
            yield command[1:]
        command = []


def snippets(text: str, sections: set[str]) -> Iterator[str]:
    """The blocks that are a piece of curate.toml: they begin with the head of a section."""
    for block in blocks(text):
        head = re.match(r"(?:\s*#[^\n]*\n)*\s*\[\[?([a-z_]+)[\].]", block)
        if head and head[1] in sections:
            yield block


def settings(text: str) -> Iterator[tuple[str, str, str | None]]:
    """(section, key, value or None) of each `[section] key = value` inside sentences."""
    for code in inline(text):
        if found := SETTING.match(code):
            yield found[1], found[2], found[3]
