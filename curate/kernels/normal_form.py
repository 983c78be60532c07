"""Normal forms of answers: NFC, outer space stripped, case kept (DESIGN 5.7).

In: candidate_id, response. Out: candidate_id and the md5 of its normal form, only where the form is
not the text; what follows compares forms and needs no text.
"""

import hashlib
import unicodedata

import pyarrow as pa

from curate.kernels.base import Kernel

SCHEMA = pa.schema([("candidate_id", pa.string()), ("form", pa.string())])


def normal_form(text: str) -> str:
    """The text that two equal answers share."""
    return unicodedata.normalize("NFC", text).strip()


def digest_of(form: str) -> str:
    """The md5 of a normal form, as SQL's md5 gives it."""
    return hashlib.md5(form.encode("utf-8"), usedforsecurity=False).hexdigest()


def _altered(batch: pa.RecordBatch) -> pa.RecordBatch:
    ids, forms = [], []
    for candidate_id, response in zip(
        batch["candidate_id"].to_pylist(), batch["response"].to_pylist(), strict=True
    ):
        form = normal_form(response)
        if form != response:
            ids.append(candidate_id)
            forms.append(digest_of(form))
    return pa.record_batch([pa.array(ids, pa.string()), pa.array(forms, pa.string())], SCHEMA)


NORMAL_FORM = Kernel(SCHEMA, _altered)
