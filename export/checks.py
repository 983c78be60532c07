"""What every format asks of a pair before it is written; a pair that fails is counted, not lost.

Masks are True where the pair must be refused, under the reasons of DESIGN 4.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.buffers import Mask, float64, floats, integers, mask_of
from export.turns import Turns

IMAGE_TOKEN = "<image>"  # noqa: S105 - a placeholder in prompts
PLACEHOLDERS = (
    *("<|image_pad|>", "<|video_pad|>", "<|image|>", "<|video|>", "<|patch|>"),
    *("<image_soft_token>", "<start_of_image>", "<fake_token_around_image>"),
    *("<IMG_CONTEXT>", "<im_patch>", "[IMG]"),
)
"""What processors of other families count as a picture: Qwen-VL, Llama, Gemma, Pixtral, ..."""
IMAGE_TOKENS = (IMAGE_TOKEN, *PLACEHOLDERS)
MEDIA_TOKENS = (*IMAGE_TOKENS, "<video>", "<audio>")
SIDES = ("chosen", "rejected")
"""The answers of a pair."""

SIGNATURES: Mapping[str, tuple[str, ...]] = {
    "jpg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png", "apng"),
    "gif": ("gif",),
    "webp": ("webp",),
    "bmp": ("bmp", "dib"),
    "tiff": ("tiff", "tif"),
    "avif": ("avif",),
}


def blank_answer(pairs: pa.RecordBatch) -> Mask:
    """Where an answer is missing or nothing but white space."""
    return _blank(pairs.column("chosen")) | _blank(pairs.column("rejected"))


def by_judges_alone(pairs: pa.RecordBatch) -> Mask:
    """Where no person's vote decided the pair, but a judge's."""
    return mask_of(pc.equal(pairs.column("level"), "judge"))


def same_answer(pairs: pa.RecordBatch) -> Mask:
    """Where chosen and rejected are the same text but for outer white space."""
    chosen, rejected = (pc.utf8_trim_whitespace(pairs.column(n)) for n in ("chosen", "rejected"))
    return mask_of(pc.equal(chosen, rejected))


def below(scores: pa.Array, least: Decimal) -> Mask:
    """Where a score is less than this; null counts as nothing."""
    found: Mask = floats(float64(scores)) < float(least)
    return found


def unrated(answers: pa.RecordBatch) -> Mask:
    """Where an answer has no score."""
    return ~mask_of(answers.column("score").is_valid())


def empty_prompt(turns: Turns) -> Mask:
    """Where a prompt has neither a text nor a medium."""
    lengths = integers(pc.binary_length(pc.utf8_trim_whitespace(turns.texts)))
    asked = np.zeros(len(turns.rows) - 1, dtype=np.bool_)
    asked[turns.row_of_part[(lengths > 0) | (turns.media >= 0)]] = True
    return ~asked


def answered_prompt(turns: Turns) -> Mask:
    """Where a prompt does not end with a user's turn: the two answers would not share it."""
    last = turns.rows[1:] - 1
    users = np.append(turns.is_user(), False)  # what stands behind no turn at all
    return ~(users[last] & (np.diff(turns.rows) > 0))


def image_token(rows: pa.RecordBatch, turns: Turns, answers: Sequence[str] = SIDES) -> Mask:
    """Where a text has a picture's mark: a trainer or processor would look for one more picture."""
    return says(rows, turns, IMAGE_TOKENS, answers)


def media_token(rows: pa.RecordBatch, turns: Turns, answers: Sequence[str] = SIDES) -> Mask:
    """Where a text has the mark of a picture, `<video>` or `<audio>`."""
    return says(rows, turns, MEDIA_TOKENS, answers)


def says(
    rows: pa.RecordBatch, turns: Turns, tokens: Sequence[str], answers: Sequence[str] = SIDES
) -> Mask:
    """Where a prompt, or one of the columns `answers`, has one of these."""
    found = np.zeros(rows.num_rows, dtype=np.bool_)
    found[turns.row_of_part[_has_any(turns.texts, tokens)]] = True
    for name in answers:
        found |= _has_any(rows.column(name), tokens)
    return found


def several_media(turns: Turns) -> Mask:
    """Where a prompt shows more than one medium."""
    shown = turns.row_of_part[turns.media >= 0]
    several: Mask = np.bincount(shown, minlength=len(turns.rows) - 1) > 1
    return several


def has_system(turns: Turns) -> Mask:
    """Where a prompt has a system's turn."""
    found = np.zeros(len(turns.rows) - 1, dtype=np.bool_)
    found[turns.row_of_turn[turns.is_system()]] = True
    return found


def system_shows_media(turns: Turns) -> Mask:
    """Where a system's turn shows a medium."""
    found = np.zeros(len(turns.rows) - 1, dtype=np.bool_)
    of_system = turns.is_system()[turns.turn_of_part]
    found[turns.row_of_part[of_system & (turns.media >= 0)]] = True
    return found


def several_turns(turns: Turns) -> Mask:
    """Where a prompt is not one user turn alone."""
    several: Mask = np.diff(turns.rows) != 1
    return several


def not_alternating(turns: Turns) -> Mask:
    """Where user and assistant do not take turns, a system's turn at the very start aside."""
    found = np.zeros(len(turns.rows) - 1, dtype=np.bool_)
    is_user, is_system = turns.is_user(), turns.is_system()
    place = np.arange(len(is_user)) - turns.rows[:-1][turns.row_of_turn]
    opened = np.zeros(len(turns.rows), dtype=np.int64)
    opened[turns.row_of_turn[is_system & (place == 0)]] = 1
    place = place - opened[turns.row_of_turn]
    wrong = np.where(place < 0, ~is_system, is_system | (is_user != (place % 2 == 0)))
    found[turns.row_of_turn[wrong]] = True
    return found


def shows_media(turns: Turns) -> Mask:
    """Where a prompt shows any medium."""
    found = np.zeros(len(turns.rows) - 1, dtype=np.bool_)
    found[turns.row_of_part[turns.media >= 0]] = True
    return found


def common_refusals(pairs: pa.RecordBatch, turns: Turns) -> dict[str, Mask]:
    """The masks that hold for every format of pairs, by reason; a pair counts under its first."""
    return {
        **_asked_refusals(turns),
        "empty_response": blank_answer(pairs),
        "duplicate": same_answer(pairs),
    }


def text_refusals(pairs: pa.RecordBatch, turns: Turns) -> dict[str, Mask]:
    """The masks for formats of pairs whose trainers read texts only."""
    return {**common_refusals(pairs, turns), "media_not_supported": shows_media(turns)}


def answer_refusals(rows: pa.RecordBatch, turns: Turns, answer: str) -> dict[str, Mask]:
    """The masks that hold for every format of single answers, which are the column `answer`."""
    return {**_asked_refusals(turns), "empty_response": _blank(rows.column(answer))}


def _asked_refusals(turns: Turns) -> dict[str, Mask]:
    return {"empty_prompt": empty_prompt(turns), "mismatched_prompt": answered_prompt(turns)}


def picture_extension(name: str, head: bytes) -> str | None:
    """The extension that the file's first bytes call for, which is `name`'s own where it fits.

    None where the bytes are no picture although the name says one. A type that is not known here
    keeps its name.
    """
    given = name.rsplit(".", 1)[-1].lower()
    found = _signature(head)
    if found is not None:
        return given if given in SIGNATURES[found] else found
    return None if any(given in known for known in SIGNATURES.values()) else given


def _signature(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"BM"):
        return "bmp"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    return "avif" if head[4:12] in (b"ftypavif", b"ftypavis") else None


def _blank(texts: pa.StringArray) -> Mask:
    blank: Mask = integers(pc.binary_length(pc.utf8_trim_whitespace(texts))) == 0
    return blank


def _has_any(texts: pa.StringArray, tokens: Sequence[str]) -> Mask:
    return mask_of(pc.match_substring_regex(texts, "|".join(map(re.escape, tokens))))
