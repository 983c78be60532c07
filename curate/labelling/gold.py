"""Gold prompts, whose right order is known: among the work by a share, and before it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from annotate.label_studio.shape import Shape
from curate.engines.duckdb import DuckDBEngine

ProjectOf = Callable[[Shape, int], int | None]
"""The project that prompts of a shape and a number of raters go into; None before it is made."""


@dataclass(frozen=True, slots=True)
class Gold:
    """How many gold tasks were wanted and how many go out. `refused` is by reason."""

    wanted: int
    tasks_new: int
    refused: dict[str, int]


def none(engine: DuckDBEngine) -> Gold:
    """Fill `tasks` with the work alone."""
    engine.run("label/plain", "tasks")
    return Gold(0, 0, {})


def mixed(engine: DuckDBEngine, project_of: ProjectOf) -> Gold:
    """Fill `tasks` with the work and, evenly among it, the share of gold."""
    _look(engine)
    for name in ("shapes", "box_sizes"):
        engine.run(f"label/{name}")
    sizes = engine.connection.table("box_sizes").to_arrow_table()
    numbers = [_project(row, project_of) for row in sizes.to_pylist()]
    engine.put("boxes", sizes.append_column("project", pa.array(numbers, pa.int64())))
    engine.run("label/drawn_gold")
    engine.run("label/mixed", "tasks")
    wanted = sum(sizes["n_gold"].to_pylist())
    return Gold(wanted, engine.count("drawn_gold"), dict(engine.rows("label/gold_refused")))


def qualifying(engine: DuckDBEngine, wanted: int) -> Gold:
    """Fill `tasks` with what is missing to a qualification of so many gold prompts."""
    _look(engine)
    engine.run("label/qualifying", "tasks")
    there = int(engine.rows("label/n_qualifying")[0][0])
    refused = dict(engine.rows("label/gold_refused"))
    return Gold(max(wanted - there, 0), engine.count("tasks"), refused)


def _look(engine: DuckDBEngine) -> None:
    for name in ("vote_events", "gold", "qualified"):
        engine.run(f"label/{name}")


def _project(row: dict[str, Any], project_of: ProjectOf) -> int | None:
    shape = Shape(answers=row["answers"], pictures=row["pictures"], videos=row["videos"])
    return project_of(shape, row["raters"])
