"""What people and programs read after a stage: the same numbers as a table and as an object."""

from collections.abc import Mapping

from curate.build import BuildReport
from curate.console import Console
from export.base import ExportResult


def show_build(console: Console, report: BuildReport) -> None:
    """Say what came out of a build, what left and why."""
    manifest = report.manifest
    pairs, ties = manifest.counts["pairs"], manifest.counts["ties"]
    console.say(
        f"{'Unchanged' if report.unchanged else 'Built'} {manifest.build_id[:12]}: "
        f"{pairs:,} pairs and {ties:,} ties from {manifest.counts['candidates']:,} answers "
        f"to {manifest.counts['prompts']:,} prompts ({manifest.policy})."
    )
    if manifest.splits:
        sizes = ", ".join(f"{name} {count:,}" for name, count in manifest.splits.items())
        console.say(f"Splits: {sizes}.")
    console.table("What left", ("step", "reason", "rows"), drop_rows(manifest.dropped))
    conflicts = [
        (rater, counts["conflicts"], counts["contradictions"])
        for rater, counts in manifest.conflicts.items()
    ]
    console.table(
        "Raters who contradict themselves", ("rater", "conflicts", "contradictions"), conflicts
    )
    for warning in manifest.warnings:
        console.warn(warning)
    console.result(
        {
            "build_id": manifest.build_id,
            "path": str(report.folder),
            "unchanged": report.unchanged,
            "candidates": manifest.counts["candidates"],
            "pairs": pairs,
            "ties": ties,
            "splits": manifest.splits,
            "dropped": manifest.dropped,
            "warnings": list(manifest.warnings),
        }
    )


def drop_rows(dropped: dict[str, dict[str, int]]) -> list[tuple[str, str, int]]:
    """(step, reason, rows), in the order of the steps."""
    return [
        (step, reason, count)
        for step, counts in dropped.items()
        for reason, count in sorted(counts.items())
    ]


def show_export(console: Console, results: Mapping[str, ExportResult]) -> None:
    """Say where each format lies and what it could not hold."""
    for name, result in results.items():
        console.say(f"{name}: {result.rows:,} rows in {len(result.files)} files below {result.path}")
        refused = [(reason, count) for reason, count in sorted(result.refused.items())]
        console.table(f"Refused by {name}", ("reason", "rows"), refused)
    console.result(
        {
            "formats": {
                name: {
                    "path": str(result.path),
                    "rows": result.rows,
                    "files": list(result.files),
                    "refused": dict(result.refused),
                    "verified": result.verified,
                }
                for name, result in results.items()
            }
        }
    )
