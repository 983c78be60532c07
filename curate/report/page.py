"""`report.html`: one self-contained page of a build. Text of others is text, never HTML."""

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from curate.manifest_files import build_manifest
from curate.report.figures import figures, sample_pairs
from curate.report.thumbnails import thumbnail
from curate.summaries import drop_rows
from curate.views import open_views
from curate.workspace import Workspace

SHOWN_PAIRS = 12
NAME = "report.html"


def write_report(workspace: Workspace, build_id: str | None = None) -> Path:
    """Write the page into the build's folder, the latest where none is named; return its path."""
    folder = workspace.build_folder(build_id)
    manifest = build_manifest(folder).model_dump(mode="json")
    with open_views(workspace, folder) as connection:
        shown = figures(connection)
        pairs = [_pair(workspace, row) for row in sample_pairs(connection, SHOWN_PAIRS)]
    page = _template().render(
        manifest=manifest,
        dropped=drop_rows(manifest["dropped"]),
        figures=shown,
        pairs=pairs,
        policy=json.dumps(manifest["settings"]["pairs"]),
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
    return environment.from_string(text)


def _pair(workspace: Workspace, row: Mapping[str, Any]) -> dict[str, Any]:
    media = row["media"]
    return {
        **row,
        "turns": [(message["role"], _words(message["parts"])) for message in row["messages"]],
        "pictures": [uri for medium in media if (uri := thumbnail(workspace.media, medium))],
        "sides": [
            ("chosen", row["chosen"], row["chosen_models"], _scores(row["chosen_scores"])),
            ("rejected", row["rejected"], row["rejected_models"], _scores(row["rejected_scores"])),
        ],
        "reasons": [
            (reason["rater"], _side(row, reason["candidate_id"]), reason["text"])
            for reason in row["rationales"]
        ],
    }


def _words(parts: Any) -> str:
    return " ".join(part["text"] if part["type"] == "text" else "[picture]" for part in parts)


def _scores(scores: Mapping[str, Any]) -> str:
    return ", ".join(f"{metric} {float(value):.2g}" for metric, value in scores.items())


def _side(row: Mapping[str, Any], candidate_id: str | None) -> str:
    if candidate_id is None:
        return "order"
    return "chosen" if candidate_id == row["chosen_id"] else "rejected"
