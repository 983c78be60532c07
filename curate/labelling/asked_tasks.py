"""What the server has tasks of, as a table of an engine, and tasks that came twice."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from annotate.label_studio.asked import Asked, pages
from annotate.label_studio.projects import Project
from curate.engines.duckdb import DuckDBEngine

SCHEMA = pa.schema(
    [
        ("project", pa.int64()),
        ("raters", pa.int64()),
        ("task", pa.int64()),
        ("purpose", pa.string()),
        ("prompt_id", pa.string()),
        ("answer_set", pa.string()),
        ("brought_by", pa.string()),
        ("is_voted", pa.bool_()),
    ]
)


class AskedRow(NamedTuple):
    """One task and where it is: the columns of `asked`."""

    project: int
    raters: int
    task: Asked

    def row(self) -> dict[str, Any]:
        """As the table has it."""
        return {"project": self.project, "raters": self.raters, **self.task._asdict()}


def asked_rows(client: Any, there: Iterable[Project], rubric_id: str) -> Iterator[list[AskedRow]]:
    """Every task under a rubric, for whatever purpose, by pages."""
    for project in there:
        for page in pages(client, project.number, rubric_id):
            yield [AskedRow(project.number, project.raters, it) for it in page]


def keep_asked(engine: DuckDBEngine, found: Iterable[list[AskedRow]]) -> None:
    """Fill the table `asked`, a page at a time."""
    engine.put("asked", SCHEMA.empty_table())
    for page in found:
        engine.put("asked_page", pa.Table.from_pylist([it.row() for it in page], SCHEMA))
        engine.append("label/asked")


def take_back(client: Any, engine: DuckDBEngine) -> int:
    """Delete tasks that came twice and that nobody has begun with; how many they were.

    Whoever votes between the look and the deletion loses the vote to the copy that stays: the time
    between is that of one request.
    """
    return sum(_take_back(client, number) for (number,) in engine.rows("label/doubled"))


def _take_back(client: Any, task: int) -> bool:
    found = client.tasks.get(id=str(task))
    if found.annotations or found.drafts:
        return False
    client.tasks.delete(id=str(task))
    return True
