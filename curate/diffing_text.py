"""What `curate diff` says."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from curate.console import Console
from curate.diffing import Difference
from schemas.counted import counted

EXAMPLES = 5


def show_diff(console: Console, found: Difference) -> None:
    """What changed, counted by cause, with a few pairs of each kind of change."""
    kinds = Counter(it.change for it in found.changes)
    console.say(
        f"{found.a.build_id[:12]} to {found.b.build_id[:12]}: "
        f"{counted(found.same, 'pair')} the same, {kinds['added']:,} added, "
        f"{kinds['lost']:,} lost, {kinds['flipped']:,} flipped."
    )
    console.table(
        "Settings that differ",
        ("setting", "before", "after"),
        [(name, str(before), str(after)) for name, (before, after) in found.settings.items()],
    )
    if found.inputs:
        console.say(f"Inputs that differ: {', '.join(found.inputs)}.")
    causes = Counter((it.change, it.step, it.reason, it.setting) for it in found.changes)
    console.table(
        "What caused it",
        ("change", "step", "reason", "caused by", "pairs"),
        [(*cause, count) for cause, count in sorted(causes.items())],
    )
    for kind in ("added", "lost", "flipped"):
        some = [it.pair_id[:12] for it in found.changes if it.change == kind][:EXAMPLES]
        if some:
            console.say(f"{kind.capitalize()}, for curate show: {' '.join(some)}")
    console.result(payload(found))


def payload(found: Difference) -> dict[str, Any]:
    """All of it, for programs."""
    kinds = Counter(it.change for it in found.changes)
    return {
        "a": found.a.build_id,
        "b": found.b.build_id,
        "same": found.same,
        **{kind: kinds[kind] for kind in ("added", "lost", "flipped")},
        "settings": {name: list(values) for name, values in found.settings.items()},
        "inputs": list(found.inputs),
        "changes": [asdict(it) for it in found.changes],
    }
