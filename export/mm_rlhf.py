"""`mm-rlhf`: lines as the dpo_pairs.jsonl of MM-RLHF, for the trainer released with it.

`id` names the prompt, so its pairs share it. The trainer takes all marks of pictures out of a
prompt and puts one in front, so a row is one question on at most one picture or one video. A
`video` is a folder of frames, as the trainer reads it; pull with --frames to keep videos so.
Reasons are one rater's words on each answer (export.reasons), empty where there are none.

`ls_factor` is 1 - exp(-k max(delta, 0)), the part of Dynamic Reward Scaling that depends on the
row (paper 4.2): beta is b0 (1 + w ls_factor). It is 0 where no delta is known, which is plain DPO;
the trainer would read a missing one as 1.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, list_starts, mask_of
from export.checks import (
    IMAGE_TOKEN,
    SIDES,
    common_refusals,
    has_system,
    media_token,
    several_media,
    several_turns,
)
from export.lines import Asked, LineShape, Values, write_lines
from export.media import MediaBatch, RowFiles
from export.reading import PairsFile
from export.reasons import critique
from export.turns import Turns


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for MM-RLHF. Raises ExportError where input or folder is unfit."""
    k = source.choices.k

    def line(row: Mapping[str, Any], asked: Asked, files: RowFiles) -> Values:
        return _line(row, asked, files) | {"ls_factor": ls_factor(row["delta"], k)}

    shape = LineShape(FORMAT.name, _refusals, line, film_folders=True)
    return write_lines(source, PairsFile(source.pairs), shape, out, options)


FORMAT = Format("mm-rlhf", "MM-RLHF's dpo_pairs, with reasons and ls_factor (MM-DPO)", write)


def ls_factor(delta: Decimal | None, k: float) -> float:
    """What a reward difference adds to beta, as a share of w; 0 for none. Range [0, 1]."""
    return 0.0 if delta is None else -math.expm1(-k * max(float(delta), 0.0))


def _refusals(pairs: pa.RecordBatch, turns: Turns, media: MediaBatch) -> Mapping[str, Mask]:
    return {
        **common_refusals(pairs, turns),
        "system_turn": has_system(turns),
        "several_turns": several_turns(turns),
        "video_not_supported": media.rows_with_video(),
        "several_media": several_media(turns),
        "image_token": media_token(pairs, turns) | _reason_says_image(pairs),
    }


def _reason_says_image(pairs: pa.RecordBatch) -> Mask:
    """Where a rater's reason says `<image>`: the reward model would look for one more picture."""
    starts = list_starts(pairs.column("rationales"))
    texts = pairs.column("rationales").flatten().field("text")
    says = mask_of(pc.match_substring(texts, IMAGE_TOKEN))
    found = np.zeros(pairs.num_rows, dtype=np.bool_)
    found[np.repeat(np.arange(pairs.num_rows), np.diff(starts))[says]] = True
    return found


def _line(row: Mapping[str, Any], asked: Asked, files: RowFiles) -> Values:
    media = {"image": files.images, "video": files.videos}
    reasons = {side: critique(row["rationales"], row[f"{side}_id"]) for side in SIDES}
    return {
        "id": row["prompt_id"],
        **{name: paths[0] for name, paths in media.items() if paths},
        "prompt": asked.spoken()[0]["content"],
        "chosen": row["chosen"],
        "rejected": row["rejected"],
        **{f"{side}_reason": "" if it is None else it.text for side, it in reasons.items()},
        "pair_id": row["pair_id"],
    }
