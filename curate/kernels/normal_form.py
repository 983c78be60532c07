"""Normal forms of answers: NFC, outer space stripped, case kept (DESIGN 5.7).

In: candidate_id, prompt_id, response. Out: the ids, the md5 of the answer's normal form and its
length in bytes, only where the form is not the text; what follows compares forms and needs no text.
"""

import hashlib
import unicodedata

import pyarrow as pa

from curate.kernels.base import Kernel

SCHEMA = pa.schema(
    [
        ("candidate_id", pa.string()),
        ("prompt_id", pa.string()),
        ("form", pa.string()),
        ("n_bytes", pa.int64()),
    ]
)


def normal_form(text: str) -> str:
    """The text that two equal answers share."""
    return unicodedata.normalize("NFC", text).strip()


def digest_of(form: bytes) -> str:
    """The md5 of a normal form in UTF-8, as SQL's md5 gives it."""
    return hashlib.md5(form, usedforsecurity=False).hexdigest()


def _altered(batch: pa.RecordBatch) -> pa.RecordBatch:
    rows = []
    for place, response in enumerate(batch["response"].to_pylist()):
        form = normal_form(response)
        if form != response:
            written = form.encode("utf-8")
            rows.append((place, digest_of(written), len(written)))
    places, forms, sizes = zip(*rows, strict=True) if rows else ((), (), ())
    kept = batch.take(pa.array(places, pa.int64()))
    columns = [kept["candidate_id"], kept["prompt_id"], pa.array(forms, pa.string())]
    return pa.record_batch([*columns, pa.array(sizes, pa.int64())], SCHEMA)


NORMAL_FORM = Kernel(SCHEMA, _altered)
