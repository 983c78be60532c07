"""The votes of the generated set: three raters score four answers on the five-metric rubric."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.arrays import Ids, id_column, ids, named
from curate.settings import resolve
from schemas.arrow import table_schema
from schemas.config import Config

ANSWERS = 4
RATERS = ("h-2f6c1d3a9b07", "h-8e05b4c7d912", "sample-judge")
KINDS = ("human", "human", "judge")
VERSIONS = (None, None, "1")
RUBRIC = resolve(Config()).rubric
METRICS = tuple(metric.name for metric in RUBRIC.metric)
STEPS = 5
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Votes:
    """Events about some prompts. Shapes: (events,), (events, 4), (events, 4, 5).

    `rater` is a place in RATERS, `values` are points from 0 to 4.
    """

    event_ids: Ids
    prompt_ids: Ids
    rater: NDArray[Any]
    candidate_ids: Ids
    values: NDArray[Any]

    @classmethod
    def drawn(
        cls, rng: np.random.Generator, prompt_ids: Ids, candidate_ids: Ids, judge_only: float
    ) -> Self:
        """Every rater near the answers' own quality; people leave out a share of the prompts."""
        count, raters = len(prompt_ids), len(RATERS)
        quality = rng.integers(0, STEPS, (count, 1, ANSWERS, len(METRICS)))
        noise = rng.integers(-1, 2, (count, raters, ANSWERS, len(METRICS)))
        values = np.clip(quality + noise, 0, STEPS - 1)
        by_people = np.array([kind == "human" for kind in KINDS])
        left_out = (rng.random(count) < judge_only)[:, None] & by_people
        prompt, rater = np.nonzero(~left_out)
        return cls(
            ids(rng, count * raters)[: len(prompt)],
            prompt_ids[prompt],
            rater,
            candidate_ids[prompt],
            values[prompt, rater],
        )

    def events(self) -> pa.Table:
        """The votes as events, one a rater and prompt."""
        count = len(self.event_ids)
        given = {
            "event_id": id_column(self.event_ids),
            "at": pa.array([AT] * count, pa.timestamp("us", tz="UTC")),
            "prompt_id": id_column(self.prompt_ids),
            "rater": self._raters(),
            "rubric_id": named([RUBRIC.rubric_id], np.zeros(count)),
            "rubric_hash": named([RUBRIC.rubric_hash], np.zeros(count)),
            "answers": self._answers(),
            "confirmed": pa.array(np.ones(count, dtype=bool)),
            "deleted": pa.array(np.zeros(count, dtype=bool)),
            "final": pa.array(np.zeros(count, dtype=bool)),
            "sample": pa.array(np.zeros(count, dtype=np.int64)),
            "order_no": pa.array(np.zeros(count, dtype=np.int64)),
            "flags": pa.array([[]] * count, pa.list_(pa.string())),
        }
        schema = table_schema("events")
        columns = [
            given[field.name].cast(field.type)
            if field.name in given
            else pa.array([None] * count, field.type)
            for field in schema
        ]
        return pa.Table.from_arrays(columns, schema=schema)

    def ratings(self) -> pa.Table:
        """The votes as a long table: one row an event, answer and metric."""
        each = ANSWERS * len(METRICS)
        rater = np.repeat(self.rater, each)
        metric = np.tile(np.arange(len(METRICS)), len(self.event_ids) * ANSWERS)
        return pa.table(
            {
                "prompt_id": id_column(np.repeat(self.prompt_ids, each)),
                "candidate_id": id_column(np.repeat(self.candidate_ids.reshape(-1), len(METRICS))),
                "rater": named(list(RATERS), rater),
                "kind": named(list(KINDS), rater),
                "metric": named(list(METRICS), metric),
                "value": pa.array(self.values.reshape(-1).astype(np.int64)),
            }
        )

    def plain(self) -> Iterator[tuple[str, str, int, list[str], list[list[int]]]]:
        """The votes one by one: event, prompt, rater's place, answers, values by answer."""
        for event, prompt, rater, answers, values in zip(
            self.event_ids.tolist(),
            self.prompt_ids.tolist(),
            self.rater.tolist(),
            self.candidate_ids.tolist(),
            self.values.tolist(),
            strict=True,
        ):
            named = [answer.decode() for answer in answers]
            yield event.decode(), prompt.decode(), rater, named, values

    def _raters(self) -> pa.StructArray:
        kind = table_schema("events").field("rater").type
        raters = [
            {"kind": kind, "id": name, "version": version}
            for kind, name, version in zip(KINDS, RATERS, VERSIONS, strict=True)
        ]
        return pa.array(raters, kind).take(pa.array(self.rater))

    def _answers(self) -> pa.ListArray:
        count = len(self.event_ids)
        kind = table_schema("events").field("answers").type.value_type
        answers, metrics = count * ANSWERS, len(METRICS)
        scores = pa.MapArray.from_arrays(
            _starts(answers, metrics),
            named(list(METRICS), np.tile(np.arange(metrics), answers)),
            pa.array(self.values.reshape(-1).astype(np.float64)),
        )
        columns = [
            id_column(self.candidate_ids),
            pa.array(np.tile(np.arange(ANSWERS), count)),
            scores.cast(kind.field("scores").type),
            pa.array([{}] * answers, kind.field("rationales").type),
        ]
        rows = pa.StructArray.from_arrays(columns, fields=list(kind))
        return pa.ListArray.from_arrays(_starts(count, ANSWERS), rows)


def _starts(count: int, each: int) -> pa.Int32Array:
    return pa.array(np.arange(count + 1, dtype=np.int32) * each)
