"""`curate bench`: a judge on a benchmark, and a benchmark of one's own out of human votes.

What follows `bench` is either the word of a sub-command or a judge.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from curate.commands import bench_make
from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


class JudgeOrCommand(TyperGroup):
    """A command with arguments of its own, unless the first one is a sub-command's word."""

    allow_extra_args = False
    allow_interspersed_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Leave a sub-command's arguments to it."""
        if args and args[0] in self.commands:
            ctx.args = args
            return args
        return super(TyperGroup, self).parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the sub-command, or the command itself."""
        if not ctx.args:
            return super(TyperGroup, self).invoke(ctx)
        name, *args = ctx.args
        typed = f"{ctx.info_name} {name}"
        with self.commands[name].make_context(typed, args, parent=ctx.parent) as inner:
            return inner.command.invoke(inner)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """As of a command: the sub-command is listed below."""
        return super(TyperGroup, self).collect_usage_pieces(ctx)


bench = typer.Typer(name="bench", cls=JudgeOrCommand, rich_markup_mode=None)
bench.command("make")(bench_make.make)


@bench.callback(invoke_without_command=True)
def judged(
    judge: Annotated[
        str,
        typer.Argument(
            metavar="JUDGE",
            help="judge (the one of [judge]), a file of scores, or longer, first or coin.",
        ),
    ],
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The benchmark: a file of pairs, a folder of them, or hf:REPO."
        ),
    ],
    seed: Annotated[int, typer.Option(metavar="N", help="Of the coin and of the intervals.")] = 0,
    budget_usd: Annotated[
        float | None,
        typer.Option(min=0, metavar="USD", help="As of judge: stop before more is spent in all."),
    ] = None,
    missing_media: Annotated[
        Literal["fail", "keep", "drop"],
        typer.Option(help="Questions whose media are not there: stop, ask without, leave out."),
    ] = "fail",
    media_root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the pictures lie.", show_default="beside FILE"),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again what failed, but for what is blocked.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what asking the judge would take; ask nothing.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say how often a judge prefers what people preferred.

    ACC is pairs right, a tie being wrong; ACC+ is prompts with all pairs right. Only the judge of
    [judge] asks anything and needs a workspace; what it was asked once it is not asked again.
    """
    import os
    from functools import partial

    from curate.benching.commanding import command
    from curate.benching.stage import Options
    from curate.judge.options import Options as JudgeOptions
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    asking = JudgeOptions(
        budget_usd=budget_usd,
        retry_failed=retry_failed,
        environment=os.environ,
        bar=lambda total: console.progress("judging", total),
    )
    options = Options(seed=seed, missing=missing_media, media_root=media_root, asking=asking)
    opened = partial(Workspace.open, workspace, overrides or ())
    code = command(console, opened, judge, file, options, dry_run=dry_run)
    if code:
        raise typer.Exit(code)
