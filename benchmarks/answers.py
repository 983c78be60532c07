"""The prompts and answers of the generated set, as a pull's tables in the order of their ids."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.arrays import Ids, Keys, id_column, named, texts, vocabulary
from schemas.arrow import table_schema

ROWS = 10_000
MODELS = ("model-a", "model-b", "model-c", "model-d")
COPIED = 0.4


def write_prompts(path: Path, prompt_ids: Ids, seed: int) -> None:
    """prompts.parquet: one question of 8 to 20 words a prompt."""
    schema, words = table_schema("prompts"), vocabulary()
    keys = np.random.default_rng([seed, 2]).integers(0, 2**63, len(prompt_ids), dtype=np.uint64)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, len(prompt_ids), ROWS):
            block = slice(start, start + ROWS)
            asked = texts(words, keys[block], 8, 20)
            given = {"prompt_id": id_column(prompt_ids[block]), "messages": _messages(asked)}
            writer.write_table(_table(schema, given, len(asked)))


def write_answers(
    path: Path, prompt_ids: Ids, candidate_ids: Ids, seed: int, *, copies: bool = False
) -> None:
    """candidates.parquet: answers of 40 to 200 words.

    With `copies`, in four prompts of ten the last answer is the first one with a line break behind.
    """
    rng = np.random.default_rng([seed, 3])
    keys = rng.integers(0, 2**63, candidate_ids.shape, dtype=np.uint64)
    copied = np.zeros(candidate_ids.shape, dtype=bool)
    if copies:
        copied[:, -1] = rng.random(len(prompt_ids)) < COPIED
        keys[:, -1] = np.where(copied[:, -1], keys[:, 0], keys[:, -1])
    each = candidate_ids.shape[1]
    owners, models = np.repeat(prompt_ids, each), np.tile(np.arange(each), len(prompt_ids))
    flat = candidate_ids.reshape(-1)
    order = np.argsort(flat)
    schema, words = table_schema("candidates"), vocabulary()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, len(flat), ROWS):
            rows = order[start : start + ROWS]
            given = {
                "prompt_id": id_column(owners[rows]),
                "candidate_id": id_column(flat[rows]),
                "response": _responses(words, keys.reshape(-1)[rows], copied.reshape(-1)[rows]),
                "origin": named(["sampled"], np.zeros(len(rows))),
                "generations": _generations(schema, models[rows]),
            }
            writer.write_table(_table(schema, given, len(rows)))


def _responses(
    words: pa.StringArray, keys: Keys, copied: "np.typing.NDArray[np.bool_]"
) -> pa.Array:
    plain = texts(words, keys, 40, 200)
    return pc.binary_join_element_wise(plain, named(["", "\n"], copied), "")


def _messages(asked: pa.StringArray) -> pa.ListArray:
    kind = table_schema("prompts").field("messages").type
    part, count = kind.value_type.field("parts").type.value_type, len(asked)
    columns = [named(["text"], np.zeros(count)), asked, pa.nulls(count, pa.int64())]
    parts = _lists(pa.StructArray.from_arrays(columns, fields=list(part)))
    turns = [named(["user"], np.zeros(count)), parts]
    return _lists(pa.StructArray.from_arrays(turns, fields=list(kind.value_type)))


def _generations(schema: pa.Schema, models: Ids) -> pa.ListArray:
    made = schema.field("generations").type.value_type
    columns = [named(list(MODELS), models), pa.nulls(len(models), pa.string())]
    return _lists(pa.StructArray.from_arrays(columns, fields=list(made)))


def _lists(values: pa.Array) -> pa.ListArray:
    """Each value as a list of one."""
    return pa.ListArray.from_arrays(pa.array(np.arange(len(values) + 1, dtype=np.int32)), values)


def _table(schema: pa.Schema, given: dict[str, pa.Array], count: int) -> pa.Table:
    """The given columns, `source` and empty ones for the rest."""
    columns = {**given, "source": named(["bench"], np.zeros(count))}
    empty: dict[str, list[object] | dict[str, str]] = {"media": [], "attributes": {}}
    return pa.Table.from_arrays(
        [
            columns[field.name].cast(field.type)
            if field.name in columns
            else pa.array([empty.get(field.name)] * count, field.type)
            for field in schema
        ],
        schema=schema,
    )
