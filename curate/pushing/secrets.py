"""Texts that must not leave: keys, and the folders of this machine.

What we write ourselves (card, metadata, settings, sources) is looked at for both; other people's
texts, which may well talk of paths, for the keys and this workspace's own folder.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from export.columns import LOCAL_FOLDERS
from export.hub.files import LocalFile
from schemas.errors import BuildError

KEYS = ("HF_TOKEN", "GEMINI_API_KEY", "GOOGLE_API_KEY", "OPENAI_API_KEY", "LABEL_STUDIO_API_KEY")
SHORTEST_KEY = 8
LOOKS_LIKE_A_KEY = re.compile(r"\b(?:hf_[A-Za-z0-9]{30,}|AIza[\w-]{35}|sk-[\w-]{20,})")
TEXTS = frozenset({".md", ".json", ".jsonl", ".toml", ".txt", ".yaml", ".yml"})
OWN_COLUMNS = frozenset({"source", "source_key"})


@dataclass(frozen=True, slots=True)
class Forbidden:
    """`keys` by the name of their variable, and this workspace's `folder`."""

    keys: Mapping[str, str]
    folder: str

    @classmethod
    def of(cls, root: Path) -> "Forbidden":
        """What must not leave the workspace at `root`, by the environment."""
        found = {name: os.environ.get(name, "") for name in KEYS}
        keys = {name: key for name, key in found.items() if len(key) >= SHORTEST_KEY}
        return cls(keys, str(root.resolve()))

    def words(self) -> dict[str, str]:
        """What each stands for -> the text itself."""
        shown = {f"the key {name}": key for name, key in self.keys.items()}
        return {**shown, "this workspace's folder": self.folder} if len(self.folder) > 1 else shown


def refuse_secrets(files: Mapping[str, LocalFile], forbidden: Forbidden) -> None:
    """Raise BuildError that names the file and what is in it, never the secret."""
    for path, file in files.items():
        suffix = file.at.suffix
        found = None
        if suffix in TEXTS:
            found = _in_text(file.at, forbidden)
        elif suffix == ".parquet":
            found = _in_table(file.at, forbidden)
        if found is not None:
            raise BuildError(f"{path} holds {found}", "take it out of the sources or settings")


def _in_text(path: Path, forbidden: Forbidden) -> str | None:
    text = path.read_text("utf-8")
    for what, word in forbidden.words().items():
        if word in text:
            return what
    if path.suffix == ".jsonl":  # other people's texts
        return None
    if LOOKS_LIKE_A_KEY.search(text):
        return "what looks like a key"
    if path.suffix == ".json":
        local = next(filter(re.compile(LOCAL_FOLDERS).search, _strings(json.loads(text))), None)
        return None if local is None else "a path of this machine"
    return None


def _in_table(path: Path, forbidden: Forbidden) -> str | None:
    with pq.ParquetFile(path) as table:
        leaves = _text_leaves(table)
        for group in range(table.num_row_groups):
            for name, texts in _texts(table.read_row_group(group, leaves)):
                for what, word in forbidden.words().items():
                    if pc.any(pc.match_substring(texts, word)).as_py():
                        return f"{what} (column {name})"
                if name in OWN_COLUMNS and _any_local(texts):
                    return f"a path of this machine (column {name})"
    return None


def _any_local(texts: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, LOCAL_FOLDERS)).as_py())


def _text_leaves(table: pq.ParquetFile) -> list[str]:
    columns = (table.schema.column(at) for at in range(len(table.schema)))
    return [column.path for column in columns if column.logical_type.type == "STRING"]


def _texts(table: pa.Table) -> Iterator[tuple[str, pa.Array]]:
    """The name of each column and every text within it."""
    for name in table.column_names:
        for chunk in table.column(name).chunks:
            for texts in _flat(chunk):
                yield name, texts


def _flat(array: pa.Array) -> Iterator[pa.Array]:
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield array
    elif pa.types.is_map(kind):
        yield from _flat(array.keys)
        yield from _flat(array.items)
    elif pa.types.is_list(kind):
        yield from _flat(array.flatten())
    elif pa.types.is_struct(kind):
        for at in range(kind.num_fields):
            yield from _flat(array.field(at))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
