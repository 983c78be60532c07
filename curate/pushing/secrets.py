"""Texts that must not leave: keys, and the folders of this machine.

Every text is looked at for keys and for this workspace's own folder; what we write ourselves (card,
metadata, names of sources, raters and models) for any path of a machine too. Other people's texts
may well talk of paths.
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
LOOKS_LIKE_A_KEY = r"\b(?:hf_[A-Za-z0-9]{30,}|AIza[\w-]{35}|sk-[\w-]{20,})"
"""Read the same by Python and by RE2."""

PROVIDER = r"(?:[\w.-]+/)?"
A_PATH = f"^{PROVIDER}{LOCAL_FOLDERS.removeprefix('^')}"
"""An absolute path, also as the name of a provider's model: `openai//home/somebody/m`."""

IN_PROSE = (
    rf"(?:^|[\s'\"(=`|]){PROVIDER}(?:file:(?://)?)?"
    r"(?:~[^/\s]*/+|/+|[A-Za-z]:[\\/]+)(?:[^\\/\s`|]+[\\/]+)+[^\\/\s`|]"
)
TEXTS = frozenset({".md", ".json", ".toml", ".txt", ".yaml", ".yml"})
OWN_COLUMNS = frozenset(
    {"source", "source_key", "rater", "rater.id", "rater.version", "rationales.rater"}
    | {"models", "chosen_models", "rejected_models", "model", "generations.model"}
)


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


def tells_a_path(text: str) -> bool:
    """Whether a text of ours holds what could be a path of this machine."""
    return re.search(IN_PROSE, text) is not None


def _in_text(path: Path, forbidden: Forbidden) -> str | None:
    text = path.read_text("utf-8")
    for what, word in forbidden.words().items():
        if word in text:
            return what
    if re.search(LOOKS_LIKE_A_KEY, text):
        return "what looks like a key"
    local = False
    if path.suffix == ".json":
        local = any(re.search(A_PATH, one) for one in _strings(json.loads(text)))
    elif path.suffix == ".md":
        local = tells_a_path(text)
    return "a path of this machine" if local else None


def _in_table(path: Path, forbidden: Forbidden) -> str | None:
    with pq.ParquetFile(path) as table:
        leaves = _text_leaves(table)
        for group in range(table.num_row_groups):
            for name, texts in _texts(table.read_row_group(group, leaves)):
                found = _in_column(name, texts, forbidden)
                if found is not None:
                    return f"{found} (column {name})"
    return None


def _in_column(name: str, texts: pa.Array, forbidden: Forbidden) -> str | None:
    for what, word in forbidden.words().items():
        if pc.any(pc.match_substring(texts, word)).as_py():
            return what
    if _any_like(texts, LOOKS_LIKE_A_KEY):
        return "what looks like a key"
    return "a path of this machine" if name in OWN_COLUMNS and _any_like(texts, A_PATH) else None


def _any_like(texts: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, pattern)).as_py())


def _text_leaves(table: pq.ParquetFile) -> list[str]:
    columns = (table.schema.column(at) for at in range(len(table.schema)))
    return [column.path for column in columns if column.logical_type.type == "STRING"]


def _texts(table: pa.Table) -> Iterator[tuple[str, pa.Array]]:
    """Every text of the table, with the name of its column and of the fields it is in."""
    for name in table.column_names:
        for chunk in table.column(name).chunks:
            yield from _flat(name, chunk)


def _flat(name: str, array: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield name, array
    elif pa.types.is_map(kind):
        yield from _flat(name, array.keys)
        yield from _flat(name, array.items)
    elif pa.types.is_list(kind):
        yield from _flat(name, array.flatten())
    elif pa.types.is_struct(kind):
        for at in range(kind.num_fields):
            yield from _flat(f"{name}.{kind.field(at).name}", array.field(at))


def _strings(value: Any) -> Iterator[str]:
    """Every text of a JSON value, keys of objects too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
