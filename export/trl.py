"""`trl`: rows for its DPO trainer, with pictures (TRL 1.16, vision and text preference sets).

Columns images, prompt, chosen, rejected (export.chat), then ids and weights that TRL ignores.
"""

from pathlib import Path

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.chat import Chat, copied, numbers, write_chat
from export.checks import common_refusals
from export.reading import PairsFile

IDS = ("pair_id", "prompt_id", "component", "delta_source")
NUMBERS = ("margin", "delta", "prompt_weight", "length_weight")

CHAT = Chat(
    name="trl",
    answers={"chosen": "chosen", "rejected": "rejected"},
    refusals=common_refusals,
    more={**copied(IDS), **numbers(NUMBERS)},
)


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for TRL. Raises ExportError where they or the folder cannot be used."""
    return write_chat(source, PairsFile(source.pairs), CHAT, out, options)


FORMAT = Format(CHAT.name, "TRL preference rows (DPO), with pictures", write)
