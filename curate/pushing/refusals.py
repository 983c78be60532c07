"""What keeps a build from leaving, found before anything is sent."""

from pathlib import Path

from curate.bundle.people import named_people
from curate.manifest_files import build_manifest
from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace
from export.base import ExportResult
from export.reading import PairsFile
from schemas.counted import counted
from schemas.errors import BuildError


def refuse_unfit(workspace: Workspace, build: Path) -> None:
    """Raise BuildError where splits leak into each other or people who rated could be named.

    ExportError for a build by a version that wrote fewer columns.
    """
    PairsFile(build / "pairs.parquet")
    group_by = build_manifest(build).settings.get("split", {}).get("group_by", "media")
    with open_views(workspace, build) as connection:
        leaks = connection.execute(statement("push/split_leaks"), {"group_by": group_by}).fetchall()
    if leaks:
        leak, splits = leaks[0]
        raise BuildError(
            f"{counted(len(leaks), 'picture or prompt is', 'pictures or prompts are')} in several "
            f"splits, e.g. {leak[:12]} in {' and '.join(splits)}",
            "build again: curate build --force",
        )
    raters = named_people(workspace, build)
    if raters:
        rater, places = raters[0]
        more = f" and {len(raters) - 1:,} more" if len(raters) > 1 else ""
        raise BuildError(
            f"the rater {rater!r}{more} could be a person's name (in {' and '.join(places)})",
            "if it names nobody, list it: [export] pseudonyms; else pull with other rater names",
        )


def refuse_empty(written: ExportResult) -> None:
    """Raise BuildError where no pair is left to push, with the reasons."""
    if written.rows:
        return
    reasons = ", ".join(f"{reason} {n:,}" for reason, n in written.refused.items())
    raise BuildError(
        f"no pair is left to push{f' ({reasons})' if reasons else ''}",
        "curate status says what is missing",
    )
