"""The prompts of any source that can be pulled, with their media in a store beside the answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from curate.ingest.records import Ingest
from curate.media.reader import MediaReader
from curate.media.store import MediaStore
from curate.pull.records import ingested
from curate.sources.registry import open_source
from schemas.candidate import Prompt
from schemas.errors import SourceError
from schemas.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Questions:
    """Each prompt once, in the source's order; `left_out` counts those that cannot be asked."""

    prompts: Sequence[Prompt]
    left_out: Mapping[str, int]


def read_questions(
    location: str,
    store: MediaStore,
    rubric: Rubric,
    now: datetime,
    *,
    split: str | None = None,
    limit: int | None = None,
    media_root: Path | None = None,
) -> Questions:
    """The prompts at a location; its answers and votes are read over.

    Raises SourceError where there is no prompt.
    """
    opened = open_source(location, split=split, limit=limit, media_root=media_root)
    found: dict[str, Prompt] = {}
    left_out: Counter[str] = Counter()
    ingest = Ingest(Path(location).name or location, rubric, now)
    with MediaReader(store, opened.source.root) as reader:
        for given in ingested(opened.records, ingest, reader, "drop"):
            if given.prompt is not None:
                found.setdefault(given.prompt.prompt_id, given.prompt)
            lost = [row for row in given.dropped if row.level in ("prompt", "row")]
            left_out.update(row.reason for row in lost if given.prompt is None)
    if not found:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(left_out.items()))
        raise SourceError(f"{location}: no prompt in it ({reasons or 'it is empty'})")
    return Questions(list(found.values()), dict(sorted(left_out.items())))
