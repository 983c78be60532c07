"""The selecting stage: prompts in, selected.parquet out, which `route` and `sample` follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.selecting.choosing import choose
from curate.selecting.draws import numbers_of
from curate.selecting.embeddings import Progress, vectors
from curate.selecting.pool import Pool, opened, read_pool
from curate.selecting.report import SelectReport
from curate.selecting.strata import NO_CLUSTER, Known
from curate.selecting.table import write_selected
from curate.selecting.vectors import Vectors
from curate.workspace import Workspace
from schemas.select import DrawName

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

LOCK = ".select.lock"


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for: [select] of curate.toml, with what the command line says over it."""

    count: int
    draw: DrawName = "clusters"
    ratio: Mapping[str, float] = field(default_factory=dict)
    clusters: int = 100
    embeddings: str | None = None
    where: str | None = None
    seed: int = 0
    dry_run: bool = False


def select(workspace: Workspace, order: Order, progress: Progress) -> SelectReport:
    """Choose prompts and write them as selected.parquet, unless it is a dry run.

    Raises ConfigError for a predicate or embeddings that do not hold, SourceError for a file of
    embeddings that cannot be read, WorkspaceError for a damaged table or where another process
    selects.
    """
    if order.dry_run:
        return _select(workspace, order, progress)
    with held(workspace.root / LOCK, "a selection"):
        return _select(workspace, order, progress)


def clear(workspace: Workspace) -> bool:
    """Take the selection away, so that all prompts are routed again; whether there was one."""
    with held(workspace.root / LOCK, "a selection"):
        there = workspace.selected.is_file()
        workspace.selected.unlink(missing_ok=True)
        return there


def _select(workspace: Workspace, order: Order, progress: Progress) -> SelectReport:
    with opened(workspace, order.where) as (engine, scratch):
        pool = read_pool(engine)
        known, found = _known(engine, workspace, pool, order, scratch, progress)
        with progress("drawing", order.count) as advance:
            known = replace(known, advance=advance)
            types = choose(pool.by_type(), order.count, order.ratio, known)
        path = None if order.dry_run else write_selected(workspace, pool, types, order.draw)
        return SelectReport(
            prompts=len(pool),
            wanted=order.count,
            draw=order.draw,
            types=types,
            ratio=order.ratio,
            embeddings=(order.embeddings or "features") if found else None,
            dimensions=found.dimensions if found else None,
            clusters=_count(known.clusters),
            without_embedding=found.faults if found else None,
            path=path,
        )


def _known(
    engine: DuckDBEngine,
    workspace: Workspace,
    pool: Pool,
    order: Order,
    scratch: Path,
    progress: Progress,
) -> tuple[Known, Vectors | None]:
    """What the draw goes by, and the vectors where it goes by any."""
    import numpy as np

    numbers = numbers_of(pool.prompt_ids.to_pylist(), order.seed)
    if order.draw == "uniform":
        return Known(numbers, np.full(len(pool), "chance", object)), None
    if order.draw == "disagreement":
        from curate.selecting.differences import differences

        scores, bases = differences(engine, workspace)
        return Known(numbers, bases, scores=scores), None
    found = vectors(engine, workspace, order.embeddings, len(pool), scratch, progress)
    if order.draw == "diversity":
        bases = np.where(found.there, "distance", "chance").astype(object)
        return Known(numbers, bases, matrix=found.matrix), found
    bases = np.where(found.there, "cluster", "chance").astype(object)
    return Known(numbers, bases, clusters=_clusters(found, order)), found


def _clusters(found: Vectors, order: Order) -> "Array":
    import numpy as np

    from curate.selecting.clusters import clustered

    labels = np.full(len(found.matrix), NO_CLUSTER, np.int32)
    rows = found.matrix if found.there.all() else found.matrix[found.there]
    labels[found.there] = clustered(rows, order.clusters, order.seed)
    return labels


def _count(clusters: "Array | None") -> int | None:
    import numpy as np

    return None if clusters is None else int((np.unique(clusters) != NO_CLUSTER).sum())
