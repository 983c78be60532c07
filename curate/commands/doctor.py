"""`curate doctor`: what is installed and what is wrong."""

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def doctor(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Check the installation, the keys and the workspace."""
    import typer

    from curate.doctor import examine

    console = Console(as_json=as_json)
    checks = examine(workspace, overrides or ())
    console.table(
        "", ("", "what", "found"), [(check.state, check.what, check.found) for check in checks]
    )
    wrong = [check for check in checks if check.state == "wrong"]
    console.say("Nothing is wrong." if not wrong else f"{len(wrong)} to mend, see above.")
    console.result(
        {
            "wrong": len(wrong),
            "checks": [
                {"state": check.state, "what": check.what, "found": check.found} for check in checks
            ],
        }
    )
    if wrong:
        raise typer.Exit(1)
