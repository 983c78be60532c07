"""The data of the pair browser: inside the page for a few hundred pairs, beside it for more."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from curate.engines.duckdb import DuckDBEngine
from curate.report.beside import PAIRS
from curate.report.pairs_chunks import chunks, write_chunks
from curate.report.pairs_index import pairs_index
from curate.report.safe_scripts import script_json
from curate.report.thumbnails import Thumbnails
from curate.workspace import Workspace

MOST_INSIDE = 300
"""Pairs up to which the page holds them itself and can be mailed as one file."""

SIDE_INSIDE, SIDE_BESIDE = 480, 240
"""Pixels of the longer side of a picture."""


@dataclass(frozen=True, slots=True)
class PairData:
    """JSON for the page: `index` and `chunks` where they are inside, else how many lie beside."""

    count: int
    index: str
    chunks: list[str]
    beside: int


def pair_data(
    engine: DuckDBEngine,
    workspace: Workspace,
    staging: Path,
    build: str,
    tell: Callable[[int], None] = lambda _pairs: None,
) -> PairData:
    """Gather the pairs of a build; where they are many, write them below `staging`."""
    count = engine.count("pairs")
    metrics = [metric for (metric,) in engine.rows("report/pair_metrics")]
    index = script_json(pairs_index(engine, metrics))
    if count <= MOST_INSIDE:
        return PairData(
            count, index, list(chunks(engine, Thumbnails.of(workspace, SIDE_INSIDE))), 0
        )
    folder = staging / PAIRS
    folder.mkdir()
    (folder / "index.js").write_text(f'pairwright.index("{build}",{index});\n', "utf-8")
    found = chunks(engine, Thumbnails.of(workspace, SIDE_BESIDE))
    return PairData(count, "", [], write_chunks(found, folder, build, tell))
