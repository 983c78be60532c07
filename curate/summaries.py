"""What people and programs read after a stage: the same numbers as a table and as an object."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.bias.text import bias_lines
from curate.build import BuildReport
from curate.console import Console
from curate.invoked import own_command
from curate.length.text import show_length
from curate.report.reasons import export_meaning
from curate.steps import PLAN
from curate.trust.rewards_report import reward_lines
from curate.trust.text import trust_lines
from export.base import ExportResult
from export.verify.base import Verdict
from schemas.counted import counted

if TYPE_CHECKING:
    from curate.demo import DemoReport


def show_build(console: Console, report: BuildReport) -> None:
    """Say what came out of a build, what left and why."""
    manifest = report.manifest
    pairs, ties = manifest.counts["pairs"], manifest.counts["ties"]
    console.say(
        f"{'Unchanged' if report.unchanged else 'Built'} {manifest.build_id[:12]}: "
        f"{counted(pairs, 'pair')} and {counted(ties, 'tie')} from "
        f"{counted(manifest.counts['candidates'], 'answer')} to "
        f"{counted(manifest.counts['prompts'], 'prompt')} ({manifest.policy})."
    )
    if manifest.splits:
        console.say(f"Splits: {_sizes(manifest.splits)}{_groups(manifest.groups)}.")
    console.table("What left", ("step", "reason", "rows"), drop_rows(manifest.dropped))
    if manifest.boilerplate.get("texts"):
        console.say(
            "Boilerplate: "
            f"{counted(manifest.boilerplate['texts'], 'text answers', 'texts answer')} several "
            f"prompts, one of them {manifest.boilerplate['most_prompts']:,}; "
            f"{counted(manifest.boilerplate['answers'], 'answer')} in all."
        )
    show_length(console, manifest.length)
    if manifest.trust is not None:
        for line in trust_lines(manifest.trust):
            console.say(line)
    for line in reward_lines(manifest.rewards):
        console.say(line)
    for line in bias_lines(manifest.bias):
        console.say(line)
    conflicts = [
        (rater, counts["conflicts"], counts["contradictions"])
        for rater, counts in manifest.conflicts.items()
    ]
    console.table(
        "Raters who contradict themselves", ("rater", "conflicts", "contradictions"), conflicts
    )
    for warning in manifest.warnings:
        console.warn(warning)
    console.result(build_payload(report))


def build_payload(report: BuildReport) -> dict[str, Any]:
    """The keys of DESIGN 6 for `build`."""
    manifest = report.manifest
    return {
        "build_id": manifest.build_id,
        "path": str(report.folder),
        "unchanged": report.unchanged,
        "candidates": manifest.counts["candidates"],
        "pairs": manifest.counts["pairs"],
        "ties": manifest.counts["ties"],
        "splits": manifest.splits,
        "groups": manifest.groups,
        "dropped": manifest.dropped,
        "length": manifest.length.model_dump(mode="json"),
        "trust": None if manifest.trust is None else manifest.trust.model_dump(mode="json"),
        "bias": manifest.bias.model_dump(mode="json"),
        "warnings": list(manifest.warnings),
    }


def drop_rows(dropped: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str, int]]:
    """(step, reason, rows), in the order of the steps."""
    return [
        (step, reason, dropped[step][reason])
        for step in in_order(dropped)
        for reason in sorted(dropped[step])
    ]


def in_order(steps: Iterable[str]) -> list[str]:
    """Names of steps as the rows go through them: a pull comes before a build's."""
    plan = ["pull", *(step.name for step in PLAN)]
    return sorted(steps, key=plan.index)


def show_export(
    console: Console, results: Mapping[str, ExportResult], warnings: Sequence[str] = ()
) -> None:
    """Say where each format lies and what it could not hold; `warnings` are of the build."""
    for name, result in results.items():
        console.say(
            f"{name}: {counted(result.rows, 'row')} in {counted(len(result.files), 'file')} "
            f"below {result.path}"
        )
        for verdict in result.verdicts:
            console.say(f"  {_verdict(verdict)}")
        refused = [
            (reason, count, export_meaning(reason))
            for reason, count in sorted(result.refused.items())
        ]
        console.table(f"Refused by {name}", ("reason", "rows", "meaning"), refused)
        for warning in result.warnings:
            console.warn(warning)
    for warning in warnings:
        console.warn(warning)
    console.result(export_payload(results, warnings))


def show_formats(console: Console, known: Mapping[str, str]) -> None:
    """Say which formats there are and what each is for."""
    console.table("Formats", ("format", "for"), list(known.items()))
    console.result({"formats": dict(known)})


def _verdict(verdict: Verdict) -> str:
    if verdict.verified is None:
        return f"not verified ({verdict.detail})"
    if verdict.verified:
        return f"verified by {verdict.by} ({verdict.checked})"
    return f"refused by {verdict.by}: {verdict.detail}"


def export_payload(
    results: Mapping[str, ExportResult], warnings: Sequence[str] = ()
) -> dict[str, Any]:
    """The keys of DESIGN 6 for `export`."""
    return {
        "formats": {
            name: {
                "path": str(result.path),
                "rows": result.rows,
                "files": list(result.files),
                "refused": dict(result.refused),
                "verified": result.verified,
                "verdicts": [asdict(verdict) for verdict in result.verdicts],
                "warnings": list(result.warnings),
            }
            for name, result in results.items()
        },
        "warnings": list(warnings),
    }


def show_demo(console: Console, found: "DemoReport", directory: Path) -> None:
    """Say what came in, what was judged, what left and why, what came out, what to try next."""
    from curate.judge.summary import run_payload  # a build's summary needs no judge

    pulled = found.pull
    console.say("The sample's pictures, texts and ratings were written by us, for this demo.")
    console.say("So were the judge's replies, which it reads from a file: no model was asked.\n")
    console.say(
        f"In: {counted(pulled.prompts, 'prompt')} with {counted(pulled.candidates, 'answer')}, "
        f"{pulled.media:,} pictures and frames, {counted(pulled.ratings, 'rating')} "
        f"and {counted(pulled.rankings, 'ranking')}."
    )
    console.table("Refused at the door", ("reason", "rows"), sorted(pulled.dropped.items()))
    console.say(_judged(found))
    manifest = found.build.manifest
    inside = {step: counts for step, counts in manifest.dropped.items() if step != "pull"}
    console.table("Left on the way", ("step", "reason", "rows"), drop_rows(inside))
    console.say(
        f"Out: {counted(manifest.counts['pairs'], 'pair')} ({_sizes(manifest.splits)}) "
        f"and {counted(manifest.counts['ties'], 'tie')}."
    )
    console.say(f"For TRL: {found.export.path}")
    console.say(f"To look at: {found.page}\n")
    console.say("Three commands to try next:")
    curate = own_command()
    console.say(f"  {curate} status -C {directory}")
    console.say(f"  {curate} show {(found.first_pair or 'ID')[:12]} -C {directory}")
    console.say(f"  {curate} build -C {directory} --set pairs.policy=all-ranked")
    console.result(
        {
            "workspace": str(directory),
            "pull": pulled.payload(),
            "judge": run_payload(found.judge),
            "build": build_payload(found.build),
            "export": export_payload({"trl": found.export}),
            "report": str(found.page),
        }
    )


def _judged(found: "DemoReport") -> str:
    """How many prompts the judge rated, where it was unstable, and why some have no rating."""
    judge = found.judge
    failed = ", ".join(f"{count:,} {reason}" for reason, count in sorted(judge.failed.items()))
    return (
        f"Judged: {judge.rated + judge.cached:,} of {judge.planned:,} prompts"
        f"{f' ({failed})' if failed else ''}; "
        f"pairs unstable between orders: {found.unstable:,}."
    )


def _sizes(splits: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in splits.items())


def _groups(groups: Mapping[str, int]) -> str:
    """How many groups of prompts went to a split whole; builds of older versions do not say."""
    if not groups:
        return ""
    return (
        f"; {counted(groups['groups'], 'group')} of prompts, {groups['largest']:,} in the largest"
    )
