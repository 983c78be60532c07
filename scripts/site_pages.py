"""What mkdocs asks of us while it makes the site: pages that lie outside docs/, and their links.

CONTRIBUTING.md, CHANGELOG.md and SECURITY.md lie where readers of a repository look for them. The
site takes those that are there; a page of the navigation whose file is missing leaves it. Links
that hold in the repository are turned to where the page is on the site; what the site does not have
(folders of code) stays as words.
"""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AT_ROOT = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
LINK = re.compile(r"(?<!!)\[([^\]\[]*)\]\(([^)\s]+)\)")


def on_config(config: Any) -> Any:
    """The config with only those pages in its navigation that are there."""
    config.nav = _there(config.nav)
    return config


def on_files(files: Any, config: Any) -> Any:
    """The files of docs/ and, beside them, the pages at the repository's root."""
    from mkdocs.structure.files import File

    for name in _at_root():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """A page's text with its links as the site has them."""
    del config
    known = {file.src_uri for file in files}
    here = page.file.src_uri
    return LINK.sub(lambda link: _link(link[1], link[2], here, known), markdown)


def _link(words: str, target: str, page: str, known: set[str]) -> str:
    """One link of a page, or its words where the site has no such file."""
    path, mark, anchor = target.partition("#")
    if "://" in target or target.startswith("mailto:") or not path:
        return f"[{words}]({target})"
    folder = "" if page in AT_ROOT else f"docs/{page}".rpartition("/")[0]
    found = _below_docs(_joined(folder, path))
    if found not in known and (ROOT / folder / path).exists():
        return (
            words  # a folder of code, say; a target that is nowhere stays, and a strict build fails
        )
    return f"[{words}]({'../' * page.count('/')}{found}{mark}{anchor})"


def _joined(folder: str, path: str) -> str:
    """A relative path from the repository's root on, without `..`."""
    parts: list[str] = []
    for part in f"{folder}/{path}".split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _below_docs(path: str) -> str:
    return path.removeprefix("docs/")


def _there(nav: Any) -> Any:
    """A part of the navigation without pages that are nowhere."""
    if isinstance(nav, list):
        return [kept for one in nav if (kept := _there(one))]
    if isinstance(nav, dict):
        return {title: kept for title, below in nav.items() if (kept := _there(below))}
    return nav if nav not in AT_ROOT or nav in _at_root() else None


def _at_root() -> list[str]:
    return [name for name in AT_ROOT if (ROOT / name).is_file()]
