"""`curate align evaluate`: what a trained model is worth. A sub-command is one file and a line."""

import typer

from curate.commands import (
    align_evaluate_alpaca_eval,
    align_evaluate_lmms,
    align_evaluate_mt_bench,
    align_evaluate_preference,
    align_evaluate_safety,
)

evaluate = typer.Typer(
    name="evaluate",
    help="Hold a model against held-out pairs, benchmarks and safety tasks.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

evaluate.command("preference")(align_evaluate_preference.preference)
evaluate.command("lmms")(align_evaluate_lmms.lmms)
evaluate.command("mt-bench")(align_evaluate_mt_bench.mt_bench)
evaluate.command("alpaca-eval")(align_evaluate_alpaca_eval.alpaca_eval)
evaluate.command("safety")(align_evaluate_safety.safety)
