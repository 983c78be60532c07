"""What people and programs read of a benchmark that was made."""

import json
import os
from pathlib import Path
from typing import Any

from curate.benching.making import Made
from curate.console import Console
from curate.workspace import Workspace
from schemas.counted import counted


def show_made(console: Console, workspace: Workspace, made: Made) -> None:
    """What was drawn, what was left out and why, and how a build keeps off it."""
    console.say(f"{made.path}: {counted(made.pairs, 'pair')} of {counted(made.prompts, 'prompt')}.")
    console.say()
    console.table(
        "",
        ("category", "prompts", "to draw from", "pairs"),
        [(one.name, one.drawn, one.there, one.pairs) for one in made.categories],
    )
    for one in made.categories:
        if one.drawn < made.per_category:
            console.warn(f"{one.name} has {one.drawn:,} of {made.per_category:,} prompts")
    console.table(
        "Compared by people and left out", ("why", "prompts"), list(made.left_out.items())
    )
    if made.missing_media:
        console.warn(f"{made.missing_media:,} media are not in the workspace and were not copied")
    console.say()
    if made.named:
        console.say("[[decontaminate]] names it: no build takes its prompts. Build again.")
    else:
        console.say("To keep its prompts out of every build, add to curate.toml:")
        console.say()
        for line in lines_to_add(workspace, made.path):
            console.say(f"    {line}")
    console.result(_payload(workspace, made))


def lines_to_add(workspace: Workspace, path: Path) -> list[str]:
    """The lines of curate.toml that name the benchmark; inside the workspace by a relative path."""
    whole, root = path.resolve(), workspace.root.resolve()
    place = os.path.relpath(whole, root) if whole.is_relative_to(root) else str(whole)
    return ["[[decontaminate]]", f"name = {json.dumps(path.name)}", f"path = {json.dumps(place)}"]


def _payload(workspace: Workspace, made: Made) -> dict[str, Any]:
    return {
        "path": str(made.path),
        "pairs": made.pairs,
        "prompts": made.prompts,
        "by_category": {
            one.name: {"prompts": one.drawn, "to_draw_from": one.there, "pairs": one.pairs}
            for one in made.categories
        },
        "short": {
            one.name: made.per_category - one.drawn
            for one in made.categories
            if one.drawn < made.per_category
        },
        "left_out": dict(made.left_out),
        "missing_media": made.missing_media,
        "decontaminated": made.named,
        "add": None if made.named else lines_to_add(workspace, made.path),
    }
