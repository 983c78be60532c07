"""`curate status`: what is there, what is missing, and what to do next."""

from typing import TYPE_CHECKING

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption
from schemas.counted import counted

if TYPE_CHECKING:
    from curate.status import Status


def status(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say what is there, what was spent, and what comes next."""
    from dataclasses import asdict

    from curate.status import look
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    found = look(Workspace.open(workspace, overrides or ()))
    console.table(
        "Pulls",
        ("pull", "format", "licence", "prompts", "candidates", "dropped"),
        [
            (
                pull["pull_id"],
                pull["format"],
                pull["licence"] or "unknown",
                pull["prompts"],
                pull["candidates"],
                pull["dropped"],
            )
            for pull in found.pulls
        ],
    )
    console.say(
        f"{counted(found.prompts, 'prompt')} ({found.without_answers:,} without an answer), "
        f"{counted(found.candidates, 'answer')}, {found.usd:.2f} US dollars spent."
    )
    if found.selected is not None:
        console.say(f"{found.selected:,} of {found.prompts:,} prompts are selected.")
    if found.routes:
        routes = ", ".join(f"{count:,} to {to}" for to, count in found.routes.items())
        console.say(f"Routes: {routes}; {counted(found.unrouted, 'prompt')} not routed yet.")
    console.table(
        "Votes",
        ("kind", "rater", "events", "prompts"),
        [(vote["kind"], vote["rater"], vote["events"], vote["prompts"]) for vote in found.votes],
    )
    console.table(
        "Scored by reward models",
        ("rater", "events", "prompts"),
        [(reward["rater"], reward["events"], reward["prompts"]) for reward in found.rewards],
    )
    console.table(
        "Judgements that did not come", ("reason", "events"), list(found.failures.items())
    )
    if found.build_id:
        console.say(
            f"Build {found.build_id[:12]}: {counted(found.pairs, 'pair')}, {_state(found)}."
        )
    console.say(f"Next: {found.next_step}")
    console.result(asdict(found))


def _state(found: "Status") -> str:
    """How the build stands to what is there now."""
    if found.up_to_date:
        return "up to date"
    if found.older_for is not None:
        return f"made with {found.older_for}"
    return "older than what is there now"
