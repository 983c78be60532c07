"""What people and programs read of a push: the same numbers as lines and as an object."""

from typing import Any

from curate.console import Console
from curate.pushing.stage import PushReport
from export.hub.changes import Changes
from export.hub.push import Pushed
from schemas.counted import counted

UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def show_push(console: Console, report: PushReport) -> None:
    """Say what went where, or what would."""
    if report.pushed is None:
        _show_dry_run(console, report)
    else:
        _show_pushed(console, report, report.pushed)
    for unit, refused in (("pairs", report.refused), ("votes", report.refused_votes)):
        title = f"{unit.capitalize()} that stay here"
        console.table(title, ("reason", unit), sorted(refused.items()))
    for warning in report.warnings:
        console.warn(warning)
    console.result(push_payload(report))


def push_payload(report: PushReport) -> dict[str, Any]:
    """The keys of DESIGN 6 for `push`; of a dry run, what it would do."""
    pushed, changes = report.pushed, report.changes
    return {
        "repo": report.repo,
        "revision": pushed.revision if pushed else None,
        "files": [{"path": path, "bytes": size} for path, size in report.sizes.items()],
        "bytes": sum(report.sizes.values()),
        "unchanged": None if changes is None else not changes,
        "url": pushed.url if pushed else None,
        "tag": report.manifest.build_id,
        "public": pushed.public if pushed else None,
        "added": list(changes.added) if changes else [],
        "changed": list(changes.changed) if changes else [],
        "deleted": list(changes.deleted) if changes else [],
        "refused": dict(report.refused),
        "refused_votes": dict(report.refused_votes),
        "dry_run": pushed is None,
        "unreached": report.unreached,
        "warnings": list(report.warnings),
        "hints": list(report.hints),
    }


def _show_pushed(console: Console, report: PushReport, pushed: Pushed) -> None:
    changes, tag = pushed.changes, report.manifest.build_id
    for path in changes.overwritten:
        console.warn(f"{path} was changed at the Hub since the last push; it is overwritten")
    if not changes:
        console.say(f"Unchanged: {report.repo} holds build {tag[:12]} already.")
    else:
        console.say(
            f"Pushed build {tag[:12]} to {report.repo}: {_counts(changes)}, "
            f"{counted(len(report.sizes), 'file')} of "
            f"{size_text(sum(report.sizes.values()))} in all."
        )
    console.say(f"{pushed.url}/tree/{pushed.revision}")
    who = "everybody" if pushed.public else "only its owner or organisation"
    console.say(f"Tag {tag}; {who} can see it.")


def _show_dry_run(console: Console, report: PushReport) -> None:
    rows = [(path, size, _word(path, report.changes)) for path, size in report.sizes.items()]
    if report.changes is not None:
        rows += [(path, 0, "deleted") for path in report.changes.deleted]
    console.table("Files", ("path", "bytes", "would be"), rows)
    console.say(
        f"{counted(len(report.sizes), 'file')} of {size_text(sum(report.sizes.values()))} "
        f"for {report.repo}; nothing was sent."
    )
    if report.unreached is not None:
        console.say(f"The repository was not compared: {report.unreached}.")
    elif report.changes is not None:
        console.say(f"It would change: {_counts(report.changes)}.")
    for hint in report.hints:
        console.say(hint)


def _word(path: str, changes: Changes | None) -> str:
    if changes is None:
        return "?"
    if path in changes.added:
        return "added"
    return "changed" if path in changes.changed else "as it is"


def _counts(changes: Changes) -> str:
    if not changes:
        return "nothing"
    named = (("added", changes.added), ("changed", changes.changed), ("deleted", changes.deleted))
    return ", ".join(f"{len(paths):,} {name}" for name, paths in named if paths)


def size_text(size: int) -> str:
    """A size as people read it."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size:,} bytes"
