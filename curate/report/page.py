"""`report.html`: one self-contained page of a build. Text of others is text, never HTML."""

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from curate.length.text import controlled, cost, percent, shares_of, weighed
from curate.manifest_files import build_manifest
from curate.plain import settings_text
from curate.quality.text import metric_rows, told
from curate.report.figures import figures, sample_pairs
from curate.report.thumbnails import thumbnail
from curate.summaries import drop_rows, in_order
from curate.tables import cell
from curate.terminal import printable
from curate.views import open_views
from curate.workspace import Workspace
from schemas.length import LengthReport
from schemas.quality import Quality

SHOWN_PAIRS = 12
NAME = "report.html"
LONG = 900
SHOWN = 600
LEVELS = {"row": "votes", "pair": "compared answers"}


def write_report(
    workspace: Workspace, build_id: str | None = None, quality: Quality | None = None
) -> Path:
    """Write the page into the build's folder, the latest where none is named; return its path.

    With `quality` it has a section on agreement.
    """
    folder = workspace.build_folder(build_id)
    found = build_manifest(folder)
    manifest = found.model_dump(mode="json")
    with open_views(workspace, folder) as connection:
        shown = figures(connection)
        pairs = [_pair(workspace, row) for row in sample_pairs(connection, SHOWN_PAIRS)]
    page = _template().render(
        manifest=manifest,
        steps=list(_steps(manifest["steps"])),
        dropped=drop_rows(manifest["dropped"]),
        figures=shown,
        **_lengths(found.length),
        pairs=pairs,
        settings=_settings(manifest["settings"]),
        agreement=_agreement(quality),
    )
    path = folder / NAME
    part = path.with_name(f".{NAME}.part")
    part.write_text(page, "utf-8", errors="replace")
    part.replace(path)
    return path


def _template() -> Any:
    text = (resources.files("curate") / "report" / "page.html").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value: cell(value, grouped=True)
    environment.filters["safe_text"] = printable
    environment.filters["percent"] = percent
    return environment.from_string(text)


def _steps(steps: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Sequence[tuple[Any, ...]]:
    """(step, rows of what, in, kept, dropped), in the order of the steps."""
    return [
        (step, LEVELS.get(level, f"{level}s"), counts["in"], counts["kept"], counts["dropped"])
        for step in in_order(steps)
        for level, counts in steps[step].items()
    ]


def _lengths(found: LengthReport) -> dict[str, Any]:
    """What the page says of lengths: rows by category, models at equal length, and sentences."""
    return {
        "lengths": shares_of(found),
        "control": found.control,
        "controlled": controlled(found.control) if found.control else "",
        "cost": cost(found.cost) if found.cost else "",
        "weighed": weighed(found.weights) if found.weights else "",
    }


def _settings(settings: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """(section, its settings), what is unset left out."""
    filters = [
        (f"filter:{rule['name']}", f"drops a {rule['level']} when {rule['drop_when']}")
        for rule in settings["filter"]
    ]
    return [(name, settings_text(settings[name])) for name in ("pairs", "weights")] + filters


def _agreement(quality: Quality | None) -> Sequence[tuple[str, ...]]:
    """(between, metric, centred alpha, plain, ordinal, kappa), the verdicts' row first."""
    rows: list[tuple[str, ...]] = []
    for group in quality.groups if quality else ():
        rows.append((group.group, "two answers", told(group.pair_agreement), "", "", ""))
        rows += metric_rows(group)
    return rows


def _pair(workspace: Workspace, row: Mapping[str, Any]) -> dict[str, Any]:
    media = row["media"]
    return {
        **row,
        "turns": [(message["role"], _words(message["parts"])) for message in row["messages"]],
        "pictures": [uri for medium in media if (uri := thumbnail(workspace.media, medium))],
        "missing": sum(medium["sha256"] is None for medium in media),
        "sides": [
            ("chosen", *_split(row["chosen"]), row["chosen_models"], _scores(row["chosen_scores"])),
            (
                "rejected",
                *_split(row["rejected"]),
                row["rejected_models"],
                _scores(row["rejected_scores"]),
            ),
        ],
        "reasons": [
            (reason["rater"], _side(row, reason["candidate_id"]), reason["text"])
            for reason in row["rationales"]
        ],
    }


def _split(text: str) -> tuple[str, str]:
    """The text, or its beginning and the whole of it where it is long."""
    return (text, "") if len(text) <= LONG else (text[:SHOWN] + " \N{HORIZONTAL ELLIPSIS}", text)


def _words(parts: Any) -> str:
    return " ".join(part["text"] if part["type"] == "text" else "[picture]" for part in parts)


def _scores(scores: Mapping[str, Any]) -> str:
    return ", ".join(f"{metric} {float(value):.3g}" for metric, value in scores.items())


def _side(row: Mapping[str, Any], candidate_id: str | None) -> str:
    if candidate_id is None:
        return "order"
    return "chosen" if candidate_id == row["chosen_id"] else "rejected"
