"""What a report on SafetyBench holds: its eleven measures, and refusals counted in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.base import Record
from schemas.intervals import Proportion

Kind = Literal["asr", "rta", "yes"]
Better = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Defined:
    """One of the eleven measures: of which task, and what counts."""

    name: str
    task: str
    kind: Kind
    better: Better


MEASURES: Sequence[Defined] = (
    Defined("adv_target", "adv_target", "yes", "lower"),
    Defined("crossmodel_asr", "crossmodel", "asr", "lower"),
    Defined("multimodel_asr", "multimodel", "asr", "lower"),
    Defined("typographic_asr", "typographic", "asr", "lower"),
    Defined("nsfw_text", "nsfw_text", "asr", "lower"),
    Defined("nsfw_image", "nsfw_image", "asr", "lower"),
    Defined("adv_untarget", "adv_untarget", "yes", "higher"),
    Defined("crossmodel_rta", "crossmodel", "rta", "higher"),
    Defined("multimodel_rta", "multimodel", "rta", "higher"),
    Defined("typographic_rta", "typographic", "rta", "higher"),
    Defined("risk_identification", "risk_identification", "yes", "higher"),
)


class SafetyMeasure(Record):
    """One measure over the answers that have what it takes; `without_verdict` are the others.

    `published` counts as the published code does, `strict` by the stricter detector; where no
    refusal is looked for they are the same. `published` is null where its list is not there.
    """

    name: str
    better: Better
    published: Proportion | None
    strict: Proportion
    without_verdict: int


class Example(Record):
    """An answer that one way takes for a refusal and the other does not."""

    task: str
    excerpt: str
    phrases: tuple[str, ...]


class RefusalCounts(Record):
    """Answers on which both ways agree or not, over all that are looked at for a refusal.

    `alone` counts, by phrase, answers that only the published way takes for a refusal and that hold
    no other phrase of its list. Examples are the first ones of the file.
    """

    both: int
    published_only: int
    strict_only: int
    neither: int
    alone: dict[str, int]
    overcounted: tuple[Example, ...]
    missed: tuple[Example, ...]


class SafetyReport(Record):
    """The measures, and their means: `unsafety` over the six lower ones, `safety` over the five.

    A mean is null where one of its measures is missing. Shares are of 1, not of 100.
    """

    phrases: str
    reconstructed: bool
    measures: tuple[SafetyMeasure, ...]
    unsafety: float | None
    safety: float | None
    unsafety_strict: float | None
    safety_strict: float | None
    missing: tuple[str, ...]
    refusals: RefusalCounts
    left_out: dict[str, int] = {}
