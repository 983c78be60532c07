"""The funnel from what was pulled to what was exported: each stage, what stayed, what left why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curate.report.reasons import export_meaning, meaning
from curate.summaries import in_order
from export.card.facts import Left
from schemas.manifest import BuildManifest

UNITS = {"row": "votes", "prompt": "prompts", "candidate": "answers", "pair": "compared answers"}
LINE = "line"
"""A row that left at the door and was no vote."""

EXPORT_NOTE = "export.json"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one unit; `share` is of the most that the unit ever had."""

    name: str
    came: int
    kept: int
    share: float
    left: Sequence[Left]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stages of one unit, in the order rows go through them."""

    unit: str
    stages: Sequence[Stage]


@dataclass(frozen=True, slots=True)
class Exported:
    """One export of the build: its rows and what its format refused."""

    format: str
    rows: int
    refused: Sequence[Left]


Drops = Sequence[tuple[str, str, str, int]]


def funnels(manifest: BuildManifest, drops: Drops) -> list[Funnel]:
    """One for each unit that lost rows or became pairs, votes first and pairs last."""
    reasons: dict[tuple[str, str], list[Left]] = {}
    for step, level, reason, count in drops:
        reasons.setdefault((step, level), []).append(Left(reason, meaning(reason), count))
    found = []
    for level, unit in UNITS.items():
        stages = _stages(manifest, level, reasons)
        if any(stage.left for stage in stages) or level == "pair":
            found.append(Funnel(unit, stages))
    return [funnel for funnel in found if funnel.stages]


def lines_left(drops: Drops) -> list[Left]:
    """What lines of the sources could not be read for; how many could, a build does not know."""
    return [
        Left(reason, meaning(reason), count) for _, level, reason, count in drops if level == LINE
    ]


def exports(folder: Path) -> list[Exported]:
    """The exports of a build below the workspace's folder of them, by format."""
    found = []
    for path in sorted(folder.glob(f"*/{EXPORT_NOTE}")):
        note = json.loads(path.read_text("utf-8"))
        refused: Mapping[str, int] = note["refused"]
        left = [Left(reason, export_meaning(reason), n) for reason, n in sorted(refused.items())]
        found.append(Exported(note["format"], sum(note["splits"].values()), left))
    return found


def _stages(
    manifest: BuildManifest, level: str, reasons: Mapping[tuple[str, str], Sequence[Left]]
) -> list[Stage]:
    """At the door, then every step; steps at which nothing left are not told."""
    counted = [
        (step, manifest.steps[step][level])
        for step in in_order(manifest.steps)
        if level in manifest.steps[step]
    ]
    rows = [(step, counts["in"], counts["kept"]) for step, counts in counted]
    refused = sum(left.count for left in reasons.get(("pull", level), ()))
    first = rows[0][1] if rows else 0
    if refused:
        rows.insert(0, ("pull", first + refused, first))
    most = max((came for _, came, _ in rows), default=0) or 1
    told = [row for row in rows if row[1] != row[2] or (row[0], level) in reasons] or rows[-1:]
    return [
        Stage(step, came, kept, kept / most, reasons.get((step, level), ()))
        for step, came, kept in told
    ]
