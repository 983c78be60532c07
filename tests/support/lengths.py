"""Pairs of answers of given lengths: as votes of a workspace, and as tables for the statements."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pyarrow as pa
from hypothesis import strategies as st

from curate.engines.duckdb import DuckDBEngine
from tests.support.workspaces import Bench, five

Lengths: TypeAlias = tuple[str, int, int]
"""A pair: its category, and the characters of the chosen and of the rejected answer."""

PAIRS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(0, 40)), max_size=60
)


def ask(
    bench: Bench,
    question: str,
    chosen: str,
    rejected: str,
    *,
    category: str | None = None,
    models: tuple[str, str] = ("one", "other"),
) -> None:
    """A prompt that makes one pair of these answers."""
    bench.prompt(question)
    attributes = {} if category is None else {"category": category}
    prompt = bench.prompts[question]
    bench.prompts[question] = prompt.model_copy(update={"attributes": attributes})
    for text, model in zip((chosen, rejected), models, strict=True):
        bench.answer(question, text, model=model, written=not model)
    bench.vote(question, scores={chosen: five(9), rejected: five(5)})


@contextmanager
def measured(folder: Path, pairs: Sequence[Lengths], **values: Any) -> Iterator[DuckDBEngine]:
    """An engine with these pairs, one a prompt, and no cap that came before."""
    with TemporaryDirectory(dir=folder) as scratch:
        engine = DuckDBEngine(Path(scratch), {"pair_seed": "0", **values})
        ids = [f"{number:04}" for number in range(len(pairs))]
        columns = list(zip(*pairs, strict=True)) or [(), (), ()]
        names = ("category", "chosen_characters", "rejected_characters")
        types = (pa.string(), pa.int64(), pa.int64())
        table = {
            name: pa.array(it, kind) for name, it, kind in zip(names, columns, types, strict=True)
        }
        table |= {
            "pair_id": pa.array(ids, pa.string()),
            "prompt_no": pa.array(range(len(pairs)), pa.int64()),
        }
        table["margin"] = pa.array([None] * len(pairs), pa.decimal128(18, 6))
        engine.put("pair_lengths", pa.table(table))
        for name in ("over_caps", "over_mix"):
            engine.run("pair/no_over_caps", name)
        target = pa.array(["pairs"] * len(pairs), pa.string())
        engine.put(
            "kept_pairs",
            pa.table(
                {"pair_id": table["pair_id"], "prompt_no": table["prompt_no"], "target": target}
            ),
        )
        yield engine
        engine.close()
