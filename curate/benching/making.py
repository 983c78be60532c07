"""`curate bench make`: a benchmark of one's own, out of what people said beyond dispute."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curate.benching.made_rows import copy_media, line_of
from curate.benching.verdicts import joined_votes
from curate.components import find_cycles
from curate.engines.duckdb import DuckDBEngine
from curate.media.store import MediaStore
from curate.sqlfiles import statement
from curate.workspace import Workspace
from export.folder import RECORD, record, replaced
from schemas.errors import BuildError

PAIRS = "pairs.jsonl"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Category:
    """One category: prompts to draw from, prompts drawn, and their pairs."""

    name: str
    there: int
    drawn: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Made:
    """A benchmark that was written. `left_out` counts prompts that people compared, by fault.

    `named` says that [[decontaminate]] has it, so that no build trains on it.
    """

    path: Path
    categories: Sequence[Category]
    left_out: Mapping[str, int]
    missing_media: int
    per_category: int
    named: bool

    @property
    def prompts(self) -> int:
        """Prompts drawn."""
        return sum(category.drawn for category in self.categories)

    @property
    def pairs(self) -> int:
        """Pairs written."""
        return sum(category.pairs for category in self.categories)


def make(workspace: Workspace, per_category: int, out: Path | None, seed: int) -> Made:
    """Draw so many prompts of each category and write them with all their pairs below `out`.

    Raises BuildError where people compared nothing, ExportError where `out` is not ours to replace.
    """
    folder = out or workspace.root / "bench"
    values = {"per_category": per_category, "bench_seed": str(seed)}
    with joined_votes(workspace, values) as engine:
        _draw(engine)
        there = dict(engine.rows("bench/counts"))
        left_out = dict(engine.rows("bench/faults"))
        if not any(there.values()):
            reasons = ", ".join(f"{fault} {count:,}" for fault, count in left_out.items())
            raise BuildError(
                f"{workspace.root}: people's votes give no pair to make a benchmark of"
                + (f" ({reasons})" if reasons else ""),
                "have people vote: curate label push",
            )
        with replaced(folder) as staged:
            drawn, missing = _write(workspace, engine, staged)
    categories = [
        Category(name, count, *drawn.get(name, (0, 0))) for name, count in there.items() if count
    ]
    return Made(
        path=folder,
        categories=categories,
        left_out=left_out,
        missing_media=missing,
        per_category=per_category,
        named=_is_named(workspace, folder),
    )


def _draw(engine: DuckDBEngine) -> None:
    """Leave `drawn_prompts` and what is written of them."""
    engine.run("bench/human_verdicts")
    engine.rename("human_verdicts", "verdicts")
    engine.view("pair/preferences")
    find_cycles(engine)
    for name in ("prompts", "candidates"):
        engine.define(name, statement(f"views/{name}"))
    engine.run("tasks/task_types")
    engine.run("bench/voted_prompts")
    engine.run("bench/drawn_prompts")
    engine.run("bench/human_reasons")


def _write(
    workspace: Workspace, engine: DuckDBEngine, folder: Path
) -> tuple[dict[str, tuple[int, int]], int]:
    """The file, and the media beside it: prompts and pairs by category, and media not there."""
    store = MediaStore(workspace.media)
    prompts: dict[str, set[str]] = {}
    pairs: dict[str, int] = {}
    missing: set[str] = set()
    with (folder / PAIRS).open("w", encoding="utf-8") as file:
        for batch in engine.batches("bench/drawn_pairs", BATCH):
            for row in batch.to_pylist(maps_as_pydicts="strict"):
                file.write(json.dumps(line_of(row), ensure_ascii=False) + "\n")
                if row["prompt_id"] not in prompts.setdefault(row["category"], set()):
                    missing.update(copy_media(store, folder, row))
                prompts[row["category"]].add(row["prompt_id"])
                pairs[row["category"]] = pairs.get(row["category"], 0) + 1
    names = sorted(path.name for path in folder.iterdir() if path.name != RECORD)
    record(folder, format="benchmark", files=names, rows=sum(pairs.values()))
    return {name: (len(ids), pairs[name]) for name, ids in prompts.items()}, len(missing)


def _is_named(workspace: Workspace, folder: Path) -> bool:
    named = workspace.settings.config.decontaminate
    places = {(workspace.root / benchmark.path).resolve() for benchmark in named}
    return bool(places & {folder.resolve(), (folder / PAIRS).resolve()})
