"""README.md, plots and croissant.json beside the files that they describe."""

from pathlib import Path

from export.card.croissant import NAME, croissant
from export.card.facts import CardFacts
from export.card.folder import configs_of
from export.card.page import page
from export.card.plots import write_plots

README = "README.md"


def write(facts: CardFacts, staging: Path) -> tuple[str, ...]:
    """Write the card of the Parquet files in `staging`; return the names of what was written.

    Raises ExportError where there are no files in `data`.
    """
    configs = configs_of(staging)
    write_plots(facts.plots, staging)
    (staging / CROISSANT).write_text(croissant(facts, configs), "utf-8")
    (staging / README).write_text(page(facts, configs), "utf-8")
    return (README, CROISSANT, *(f"plots/{plot.name}.png" for plot in facts.plots))


CROISSANT = NAME
