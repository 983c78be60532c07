"""Ledgers, manifests, embeddings, files of a push."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO

import numpy as np
import pyarrow as pa

from annotate.spending.ledger import Ledger
from curate.near.signed import SIGNATURES
from schemas.arrow import to_table
from schemas.candidate import Candidate, Prompt, candidate_id_of
from schemas.manifest import PullManifest
from tests.fuzz.tables import parquet_bytes
from tests.fuzz.values import bytes_of, size_bytes
from tests.fuzz.words import WORDS
from tests.support.examples import NOON, PROMPT_ID, question, vote

Seeds = Iterator[bytes]


def _money() -> Seeds:
    open_run = Ledger(run_id="r", pid=1, started=NOON, models=("m",), at_risk_usd=Decimal("0.5"))
    yield open_run.model_dump_json().encode()
    yield open_run.model_copy(update={"closed": True}).model_dump_json().encode()
    yield open_run.model_dump_json().replace('"0.5"', '"1E+99"').encode()
    yield open_run.model_dump_json().replace('"0.5"', '"-7"').encode()


def _manifests() -> Seeds:
    pull = PullManifest(
        pull_id="x", source="s", revision=None, licence=None, format="jsonl", map={},
        counts={"prompts": 1}, dropped={}, digest="0" * 64, version="0.1", at=NOON,
    )  # fmt: skip
    yield pull.model_dump_json().encode()


def _embeddings() -> Seeds:
    yield parquet_bytes(pa.table({"prompt_id": ["a", "b"], "embedding": [[1.0, 2.0], [0.5, 1.0]]}))
    yield bytes_of([{"key": "k1", "clip": [1.5, None]}], WORDS["embeddings"])


def _arrays() -> Seeds:
    made = BytesIO()
    np.savez(made, prompt_id=np.array(["a"]), embedding=np.ones((1, 2), np.float32))
    yield made.getvalue()
    names_, numbers = b"a b", np.ones(4, np.float32).tobytes()
    yield (
        b"\0" + b"\2" + size_bytes(len(names_)) + names_ + b"\3" + size_bytes(16) + numbers + b"\2"
    )
    yield b"\0\0\3abc\1\6{'a':1"


def _bundle_names() -> Seeds:
    yield b"pairwright/manifest.json\npairwright/curate.toml\ndata/train-00000-of-00001.parquet"
    yield b"pairwright/pulls/x-1/prompts.parquet\npairwright/annotations/judge.jsonl.parquet\nx"
    yield b"pairwright/pulls/../x\npairwright/media/media-00000.parquet"


def _bundle_tables() -> Seeds:
    prompt = Prompt(prompt_id=PROMPT_ID, messages=question(), source="s")
    answer = Candidate(
        prompt_id=PROMPT_ID,
        candidate_id=candidate_id_of(PROMPT_ID, "Three."),
        response="Three.",
        source="s",
    )
    for number, one in enumerate((prompt, answer, None, vote())):
        if one is not None:
            yield bytes([number]) + parquet_bytes(to_table([one], type(one)))
            yield bytes([number]) + bytes_of([one.model_dump(mode="json")], WORDS["bundle_tables"])


def _signatures() -> Seeds:
    yield parquet_bytes(SIGNATURES.empty_table())


def _locations() -> Seeds:
    for one in (
        *("hf:owner/name?split=test&config=x", "owner/name", "a.jsonl", "hub:x@y", "hf://a/b"),
        *("s3://bucket/x", "hf:o/n?revision=", "root/a.png", "x.json.gz", "C:/x"),
    ):
        yield one.encode()


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "money": _money,
    "manifests": _manifests,
    "embeddings": _embeddings,
    "arrays": _arrays,
    "spec": _locations,
    "bundle_names": _bundle_names,
    "bundle_tables": _bundle_tables,
    "signatures": _signatures,
    "location": _locations,
}
