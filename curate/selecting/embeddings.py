"""Where embeddings come from, by what the user writes: a column, a file, a model, or nothing.

| written | the embeddings of a prompt |
|---|---|
| `column:NAME` | an attribute of it, a list of numbers |
| `FILE.npz`, `FILE.parquet` | a row by its prompt_id or by the source's key |
| `sentence-transformers:MODEL` | of what users ask |
| `open_clip:MODEL[@PRETRAINED]` | of its pictures, or where it has none of what users ask |
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from curate.console import Advance
from curate.engines.duckdb import DuckDBEngine
from curate.selecting.vectors import Vectors, vectors_of
from curate.workspace import Workspace
from schemas.errors import ConfigError

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""A bar with a label, for so many things."""

COLUMN = "column"
MODELS = ("sentence-transformers", "open_clip")
FILES = (".npz", ".parquet")
KINDS = "column:NAME, FILE.npz, FILE.parquet, sentence-transformers:MODEL or open_clip:MODEL"


@dataclass(frozen=True, slots=True)
class Spec:
    """What was written: `kind` is column, file, or a library's name; `name` is what it is of."""

    kind: str
    name: str


def spec_of(text: str) -> Spec:
    """The parsed spec. Raises ConfigError for what names no embeddings."""
    kind, colon, name = text.partition(":")
    if colon and kind in (COLUMN, *MODELS):
        if not name:
            raise ConfigError(f"embeddings {text!r} name nothing after the colon", f"give {KINDS}")
        return Spec(kind, name)
    suffix = Path(text).suffix.lower()
    if suffix == ".npy":
        raise ConfigError(
            f"embeddings {text!r}: an array alone does not say which row is which prompt",
            "save it with its ids: numpy.savez(FILE, prompt_id=ids, embedding=array)",
        )
    if suffix not in FILES:
        raise ConfigError(f"embeddings {text!r} are of no known kind", f"give {KINDS}")
    return Spec("file", text)


def vectors(
    engine: DuckDBEngine,
    workspace: Workspace,
    text: str | None,
    count: int,
    scratch: Path,
    progress: Progress,
) -> Vectors:
    """The vectors of the engine's `pool` of `count` prompts.

    Raises ConfigError for a spec that does not hold, SourceError for a file that cannot be read or
    where no prompt has an embedding, MissingExtraError where a model's library is not installed.
    """
    if text is None:
        return _perceptual(engine, workspace, count, scratch, progress)
    spec = spec_of(text)
    if spec.kind == COLUMN:
        from curate.selecting.embedding_column import read_column

        read_column(engine, spec.name)
    elif spec.kind == "file":
        from curate.selecting.embedding_files import read_file

        read_file(engine, workspace.root, spec.name)
    else:
        from curate.selecting.encoding import encode

        encode(engine, workspace, spec, progress)
    found = vectors_of(engine, count, scratch)
    if count and not found.there.any():
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in found.faults.items())
        raise ConfigError(
            f"embeddings {text!r}: no prompt has one ({reasons})", _hint(spec, engine)
        )
    return found


def _perceptual(
    engine: DuckDBEngine, workspace: Workspace, count: int, scratch: Path, progress: Progress
) -> Vectors:
    from curate.selecting.features import files_to_look_at, perceptual

    files = files_to_look_at(engine)
    with progress("looking at pictures", len(files)) as advance:
        seen = 0

        def looked(so_far: int) -> None:
            nonlocal seen
            advance(so_far - seen)
            seen = so_far

        return perceptual(engine, workspace, files, count, scratch, looked)


def _hint(spec: Spec, engine: DuckDBEngine) -> str:
    if spec.kind == COLUMN:
        return "name an attribute with lists of numbers, pulled with --map attributes.NAME=COLUMN"
    if spec.kind == "file":
        known = engine.table("select/pool_rows").column("prompt_id")[0]
        return f"name prompts as the workspace does, e.g. {known}, or by the source's key"
    return "look whether the prompts have pictures, and the model's name"
