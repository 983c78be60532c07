"""Tokens of every answer of a pair or a tie, counted once with the whole of its prompt.

The whole text is tokenised, never prompt and answer apart: tokenizers merge over the seam, and
templates trim answers. An answer that stands in several pairs is still read once.
"""

from collections.abc import Callable, Sequence

import pyarrow as pa

from curate.engines.base import Engine
from curate.kernels.base import Kernel
from curate.tokens.conversation import Conversation, Size, conversation
from curate.tokens.reader import TokenReader

ROWS = 2_000
SCHEMA = pa.schema([("candidate_no", pa.int32()), ("tokens", pa.int64()), ("reason", pa.string())])
Counted = tuple[int | None, str | None]


def count_tokens(
    engine: Engine, reader: TokenReader | None, advance: Callable[[int], None]
) -> None:
    """Leave `answer_tokens` (candidate_no, tokens, reason); of no row without a reader.

    Reads `drafts`, `filtered_pairs` and `verdicts`. `reason` says why tokens are null, or is
    `blind` where pictures are shown that the tokenizer knows nothing of. `advance` is told how many
    answers are counted yet.
    """
    if reader is None:
        engine.run("tokens/no_tokens", "answer_tokens")
        return
    engine.run("tokens/answers", "token_answers")
    engine.map("tokens/sequences", token_kernel(reader), "answer_tokens", ROWS, advance)
    engine.drop("token_answers")


def token_kernel(reader: TokenReader) -> Kernel:
    """In: candidate_no, messages, media, response. Out: candidate_no, tokens, reason."""

    def counted(batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = [batch[name].to_pylist() for name in ("messages", "media", "response")]
        found = tokens_of(reader, [conversation(*row) for row in zip(*columns, strict=True)])
        tokens = pa.array([it[0] for it in found], pa.int64())
        reasons = pa.array([it[1] for it in found], pa.string())
        return pa.record_batch([batch["candidate_no"].cast(pa.int32()), tokens, reasons], SCHEMA)

    return Kernel(SCHEMA, counted)


def tokens_of(reader: TokenReader, conversations: Sequence[Conversation]) -> list[Counted]:
    """(tokens, None) of each conversation, or (None, why)."""
    found: list[Counted] = [_unread(reader, it) for it in conversations]
    readable = [place for place, (_, reason) in enumerate(found) if reason in (None, "blind")]
    texts = reader.rendered([conversations[place] for place in readable])
    shown = reader.picture_tokens([_sizes(reader, conversations[place]) for place in readable])
    written = [place for place, text in enumerate(texts) if text is not None]
    lengths = dict(zip(written, reader.lengths([texts[it] or "" for it in written]), strict=True))
    for at, (place, pictures) in enumerate(zip(readable, shown, strict=True)):
        if at not in lengths:
            found[place] = (None, "template")
        elif pictures is None:
            found[place] = (None, "pictures")
        else:
            found[place] = (lengths[at] + pictures, found[place][1])
    return found


def _unread(reader: TokenReader, one: Conversation) -> Counted:
    """Why a conversation is not read, or read without its pictures."""
    if one.has_video:
        return None, "video"
    if not reader.sees_pictures:
        return None, "blind" if one.pictures else None
    return None, "no_size" if None in one.pictures else None


def _sizes(reader: TokenReader, one: Conversation) -> tuple[Size, ...]:
    return tuple(it for it in one.pictures if it is not None) if reader.sees_pictures else ()
