"""`curate align`: the papers' recipes on the latest build. A sub-command is one line."""

import typer

from curate.commands import align_evaluate, align_generate, align_reward, align_score, align_train

align = typer.Typer(
    name="align",
    help="Train models on the latest build (extra: pairwright[align]).",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# In the order of the work: --help lists them so.
for _name in align_train.ABOUT:
    align.command(_name)(align_train.recipe(_name))
align.command()(align_reward.reward)
align.command()(align_score.score)
align.command("generate")(align_generate.generate)
align.add_typer(align_evaluate.evaluate)
