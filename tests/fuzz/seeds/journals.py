"""Lines of every file of lines, and a sealed journal."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from annotate import journal
from annotate.raters.replay import Recorded
from curate.judge.batch_log import Ended, Started
from curate.sampling.line import SampleLine
from curate.settings import parse
from schemas.arrow import to_table
from schemas.event import Event, Usage
from tests.fuzz.tables import parquet_bytes
from tests.fuzz.values import bytes_of
from tests.fuzz.words import WORDS
from tests.support.examples import NOON, vote

Seeds = Iterator[bytes]
ZEROS = "0" * 32


def _events() -> Seeds:
    lines = [journal.line_of(one) for one in _votes()]
    yield from lines
    yield b"".join(lines) + lines[0][:-1]


def _votes() -> list[Event]:
    plain = vote()
    blank = {"answers": (), "tiers": None, "verdict": None}
    return [
        plain,
        plain.model_copy(update={"event_id": "1" * 32, "deleted": True, "supersedes": ZEROS}),
        Event.model_validate(
            {**plain.model_dump(), **blank, "failure": {"reason": "blocked"}, "usage": Usage()}
        ),
    ]


def _sealed() -> Seeds:
    yield parquet_bytes(to_table(_votes(), Event))
    yield bytes_of([vote().model_dump(mode="json")], WORDS["sealed"])


def _samples() -> Seeds:
    line = SampleLine(
        request_hash=ZEROS, at=NOON, prompt_id=ZEROS, number=0, model="m", endpoint="h",
        sampling="{}", finish="stop", response="Three.", attempts=1, usage=Usage(),
    )  # fmt: skip
    yield line.model_dump_json().encode() + b"\n"


def _batches() -> Seeds:
    rubric = parse("", "curate.toml").rubric.model_dump_json()
    announced = (
        '{"kind":"announced","display_name":"x","at":"2026-01-01T00:00:00Z","rater":"m","rubric":'
        f'{rubric},"ranking":false,"held_usd":"0.5","asked":[]}}\n'
    )
    yield announced.encode()
    yield Started(display_name="x", name="jobs/1").model_dump_json().encode() + b"\n"
    yield (
        Ended(display_name="x", how="done", lost_usd=Decimal("0.1")).model_dump_json().encode()
        + b"\n"
    )


def _recorded() -> Seeds:
    yield (
        Recorded(request_digest=ZEROS, text="{}", finish="stop").model_dump_json().encode() + b"\n"
    )


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "events": _events,
    "sealed": _sealed,
    "samples": _samples,
    "batches": _batches,
    "recorded": _recorded,
}
