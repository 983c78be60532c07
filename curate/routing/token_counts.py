"""About how many tokens a text is, for a table of texts: `text_tokens`, a batch at a time."""

import pyarrow as pa
import pyarrow.compute as pc

from annotate.spending.estimate import text_tokens
from curate.kernels.base import Kernel

COUNTS = pa.schema([("prompt_no", pa.int32()), ("is_answer", pa.bool_()), ("tokens", pa.int64())])
CHARACTERS_A_TOKEN = 4


def tokens_of(texts: pa.Array) -> pa.Array:
    """`text_tokens` of each text, 0 of a null. ASCII goes without Python: most texts, quickly.

    There a digit is a token, and so are four other characters, rounded up.
    """
    digits = pc.count_substring_regex(texts, "[0-9]")
    others = pc.subtract(pc.binary_length(texts), digits)
    quarters = pc.divide(pc.add(others, CHARACTERS_A_TOKEN - 1), CHARACTERS_A_TOKEN)
    quick = pc.cast(pc.add(digits, quarters), pa.int64())
    ascii_only = pc.fill_null(pc.string_is_ascii(texts), True)
    slow = [text_tokens(text) for text in texts.filter(pc.invert(ascii_only)).to_pylist()]
    counted = pc.replace_with_mask(quick, pc.invert(ascii_only), pa.array(slow, pa.int64()))
    return pc.fill_null(counted, 0)


def _count(batch: pa.RecordBatch) -> pa.RecordBatch:
    counts = tokens_of(batch.column("text"))
    return pa.RecordBatch.from_arrays(
        [batch.column("prompt_no"), batch.column("is_answer"), counts], schema=COUNTS
    )


TOKEN_COUNTS = Kernel(COUNTS, _count)
