"""`votes`: every raw vote beside the means, so that a reader can aggregate anew.

A row is what one live event says of one answer. Scores are structs with one float64 a metric,
reasons are {key, value} lists by metric, `overall` standing for the answer as a whole. The prompt
is messages of text; its pictures are with the pairs, found by prompt_id. Ids of people are hashes
or pseudonyms: a vote by another name is refused as `personal_rater`. Votes on answers that left
the build are counted as `left_the_build`.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, mask_of, strings
from export.columns import (
    ENTRIES,
    metrics_of,
    plain,
    plain_type,
    reasons_of,
    score_columns,
    without_folders,
)
from export.features import with_features
from export.media import NO_FILES
from export.reading import RowsFile, votes_file
from export.shape import Shape, Shaped
from export.shards import write_shards
from export.turns import TEXT_MESSAGES, Turns, text_contents
from schemas.arrow import model_schema
from schemas.exported import VoteRow

SCORES = ("scores", "mean_scores")
NAMES = ("models", "rater", "rater_version")
"""What may be the path of a model on somebody's machine."""

PERSON = r"^h-[0-9a-f]{12}\z"


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's raw votes. Raises ExportError where input or folder is unfit."""
    votes = votes_file(source)
    metrics = {name: _metrics(votes, name) for name in SCORES}
    shape = _shape(metrics, source.choices.pseudonyms)
    result = write_shards(source, votes, shape, out, options)
    left = {"left_the_build": source.left_out.get("votes", 0)}
    refused = {**result.refused, **{reason: count for reason, count in left.items() if count}}
    return replace(result, refused=dict(sorted(refused.items())))


FORMAT = Format("votes", "every raw vote beside the means, without pictures", write, ("votes",))


def personal_rater(votes: pa.RecordBatch, pseudonyms: Sequence[str] = ()) -> Mask:
    """Where a person votes under anything but the hash of a name or one of these."""
    raters = votes.column("rater")
    human = mask_of(pc.equal(votes.column("rater_kind"), "human"))
    known = mask_of(pc.is_in(raters, value_set=strings(pseudonyms)))
    return human & ~known & ~mask_of(pc.match_substring_regex(raters, PERSON))


def _metrics(votes: RowsFile, name: str) -> list[str]:
    return metrics_of(batch.column(name) for batch in votes.batches(columns=votes.leaves(name)))


def _shape(metrics: dict[str, list[str]], pseudonyms: Sequence[str]) -> Shape:
    fields: list[tuple[str, pa.DataType]] = []
    for field in model_schema(VoteRow):
        if field.name == "messages":
            fields.append(("prompt", TEXT_MESSAGES))
        elif field.name == "rationales":
            fields.append((field.name, ENTRIES))
        elif field.name not in SCORES:
            fields.append((field.name, plain_type(field.type)))
        elif metrics[field.name]:
            scores = pa.struct([(metric, pa.float64()) for metric in metrics[field.name]])
            fields.append((field.name, scores))
    schema = with_features(pa.schema(fields))

    def shaped(votes: pa.RecordBatch) -> Shaped:
        columns = [_column(name, votes, metrics) for name in schema.names]
        table = pa.RecordBatch.from_arrays(columns, names=schema.names)
        refusals = {"personal_rater": personal_rater(votes, pseudonyms)}
        return Shaped(table, [NO_FILES] * votes.num_rows, refusals)

    return Shape(FORMAT.name, schema, (), shaped, decided=False)


def _column(name: str, votes: pa.RecordBatch, metrics: dict[str, list[str]]) -> pa.Array:
    if name == "prompt":
        return text_contents(Turns.of(votes.column("messages")))
    column = votes.column(name)
    if name in SCORES:
        return score_columns(column, metrics[name])
    if name == "rationales":
        return reasons_of(column)
    return without_folders(column) if name in NAMES else plain(column)
