"""A benchmark's signatures as a file that may be given to others."""

import re
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from curate.console import Console
from curate.near.signatures import sign
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where: rows by what is known of them, and what could not be read."""

    path: str
    texts: int
    pictures: int
    unread: dict[str, int]


def write_signatures(workspace: Workspace, source: str, out: Path | None, now: datetime) -> Written:
    """Sign a benchmark into a Parquet file, by default `signatures-<name>.parquet`.

    Raises SourceError where the benchmark cannot be read, UsageError where `out` is no .parquet
    file or where its folder is not there.
    """
    target = out or workspace.root / f"signatures-{_name_of(source)}.parquet"
    if target.suffix != ".parquet" or not target.parent.is_dir():
        raise UsageError(f"--out {target}", "name a .parquet file in a folder that is there")
    with tempfile.TemporaryDirectory(prefix="curate-") as scratch:
        signed = sign(source, Path(scratch), now)
    staged = target.with_name(f".{target.name}")
    pq.write_table(signed.table, staged, compression="zstd")
    staged.replace(target)
    texts = pc.sum(pc.is_valid(signed.table.column("shingles"))).as_py()
    return Written(str(target), texts, signed.table.num_rows - texts, dict(signed.unread))


def show_signatures(console: Console, written: Written) -> None:
    """Where the file lies, what is in it, and how it is used."""
    console.say(
        f"{written.path}: the signatures of {counted(written.texts, 'text')} and "
        f"{counted(written.pictures, 'picture')}."
    )
    console.table("What could not be read", ("reason", "rows"), list(written.unread.items()))
    console.say('Use it: [[decontaminate]] name = "...", path = "..." in curate.toml')
    console.result(asdict(written))


def _name_of(source: str) -> str:
    """A file's name in place of a path or of a data set's."""
    stem = Path(source.removeprefix("hf:")).stem
    return re.sub(r"[^A-Za-z0-9_.-]", "-", stem).strip(".-") or "benchmark"
