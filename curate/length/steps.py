"""The part of a build that looks at lengths: measured always, drawn and weighed only where asked.

It stands inside the step `pair`: the cap takes drafts away, all the rest only counts.
"""

from curate.engines.base import Engine


def measure(engine: Engine) -> None:
    """The characters of every compared answer, and the category of every pair: `pair_lengths`."""
    engine.run("length/answer_lengths")
    engine.run("length/said_categories")
    engine.view("length/prompts")
    engine.view("length/candidates")
    engine.run("tasks/task_types")
    engine.run("length/pair_lengths")


def draw(engine: Engine) -> None:
    """Pairs with a longer chosen answer that a category has too many of: `over_longer`."""
    capped = engine.values["cap_longer"] is not None
    engine.run("length/over_longer" if capped else "pair/no_over_caps", "over_longer")


def weigh(engine: Engine) -> None:
    """What pairs weigh beside their prompt's weight: `length_weights`, of no row where unasked."""
    asked = engine.values["length_weights"]
    engine.run(f"length/{'' if asked else 'no_'}length_weights", "length_weights")
