"""What batch runs have handed over: jobs and the judgements in each, on the disk before they leave.

One small file of lines a run, `<run>.batches.ndjson` in annotations/. A job that a kill left
without a word is found by its display name, and a reply is read by the rubric it was asked by,
whatever curate.toml says by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from annotate import journal
from annotate.running.call import Tokens
from annotate.running.committer import open_new
from curate.judge.questions import Judgement
from schemas.base import Dollars, Hex32, Record
from schemas.errors import JournalError
from schemas.rubric import Rubric

SUFFIX = ".batches.ndjson"


class Entrusted(Record):
    """One judgement in a job, with the most tokens it can take."""

    key: Hex32
    prompt_id: Hex32
    shown: tuple[Hex32, ...]
    order_no: int
    sample: int
    supersedes: Hex32 | None = None
    worst_input: int
    worst_output: int

    @property
    def judgement(self) -> Judgement:
        """The judgement."""
        return Judgement(
            self.key, self.prompt_id, self.shown, self.order_no, self.sample, self.supersedes
        )

    @property
    def worst(self) -> Tokens:
        """The most tokens."""
        return Tokens(self.worst_input, self.worst_output)


class Announced(Record):
    """A job that is about to leave. `held_usd` is the most it can cost."""

    kind: Literal["announced"] = "announced"
    display_name: str
    at: AwareDatetime
    rater: str
    rubric: Rubric
    ranking: bool
    held_usd: Dollars
    asked: tuple[Entrusted, ...]


class Started(Record):
    """A job that the service has taken, by its name there."""

    kind: Literal["started"] = "started"
    display_name: str
    name: str


class Ended(Record):
    """A job of which nothing more will come; what came of it is in a journal.

    `lost_usd` is what may have been billed for results that are no longer there.
    """

    kind: Literal["ended"] = "ended"
    display_name: str
    how: str
    lost_usd: Dollars = Decimal(0)


Line = Announced | Started | Ended
LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True)
class Job:
    """A job without an end. `name` is null where no word of its start was kept."""

    announced: Announced
    name: str | None


class BatchLog:
    """This run's file; made with its first line, and every line is on the disk on return."""

    def __init__(self, annotations: Path, run_id: str) -> None:
        self._path = annotations / f"{run_id}{SUFFIX}"
        self._file: BinaryIO | None = None

    def write(self, line: Line) -> None:
        """Write a line down."""
        if self._file is None:
            self._file = open_new(self._path)
        self._file.write(line.model_dump_json(exclude_defaults=False).encode("utf-8") + b"\n")
        journal.commit(self._file)

    def close(self) -> None:
        """Close the file, where there is one."""
        if self._file is not None:
            self._file.close()


def open_jobs(annotations: Path) -> list[Job]:
    """The jobs without an end, in the order they left. Raises JournalError."""
    announced: list[Announced] = []
    names: dict[str, str] = {}
    ended: set[str] = set()
    for line in _lines(annotations):
        if isinstance(line, Announced):
            announced.append(line)
        elif isinstance(line, Started):
            names[line.display_name] = line.name
        else:
            ended.add(line.display_name)
    under_way = [one for one in announced if one.display_name not in ended]
    return [
        Job(one, names.get(one.display_name)) for one in sorted(under_way, key=lambda one: one.at)
    ]


def lost_usd(annotations: Path) -> Decimal:
    """US dollars that may have been billed for results that nobody got."""
    lines = (line for line in _lines(annotations) if isinstance(line, Ended))
    return sum((line.lost_usd for line in lines), Decimal(0))


def _lines(annotations: Path) -> Iterator[Line]:
    """All whole lines of all runs; two runs of one second stand in no order."""
    for path in sorted(annotations.glob(f"*{SUFFIX}")):
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    yield LINES.validate_json(line)
                except ValidationError as error:
                    first = error.errors()[0]
                    raise JournalError(
                        f"{path}, line {number}: no line of a batch run ({first['msg']})",
                        "restore the file: it says which paid jobs are under way",
                    ) from error


def held_usd(annotations: Path, *, but_of: str | None = None) -> Decimal:
    """The most that jobs without an end can cost, but for those of one judge."""
    jobs = (job.announced for job in open_jobs(annotations))
    return sum((job.held_usd for job in jobs if job.rater != but_of), Decimal(0))
