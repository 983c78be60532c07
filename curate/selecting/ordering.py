"""What is asked for: [select] of curate.toml, and the options of the command line over it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from curate.selecting.stage import Order
from schemas.config_routing import SelectSection
from schemas.errors import UsageError


def ratio_of(text: str) -> dict[str, str]:
    """The weights of `long=4,short=5,mcq=1`, as text. Raises UsageError for what is no weight."""
    found: dict[str, str] = {}
    for part in text.split(","):
        name, equals, weight = (piece.strip() for piece in part.partition("="))
        if not (name and equals and weight) or name in found:
            raise UsageError(
                f"--ratio {text!r}: {part.strip()!r} is no TYPE=WEIGHT of its own",
                "e.g. --ratio long=4,short=5,mcq=1",
            )
        found[name] = weight
    return found


def order_of(
    section: SelectSection, options: Mapping[str, Any], ratio: str | None, *, dry_run: bool
) -> Order:
    """The order; an option that is None was not given.

    Raises UsageError for an option that does not hold, or where no number is given.
    """
    over = {name: value for name, value in options.items() if value is not None}
    if ratio is not None:
        over["ratio"] = ratio_of(ratio)
    try:
        merged = SelectSection.model_validate({**section.model_dump(), **over})
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part) for part in first["loc"] if part != "[key]")
        raise UsageError(f"--{place}: {first['msg']}", "see: curate select --help") from error
    if merged.n is None:
        raise UsageError("how many prompts is not said", "give -n N, or n in [select]")
    return Order(
        count=merged.n,
        draw=merged.draw,
        ratio={str(name): weight for name, weight in merged.ratio.items()},
        clusters=merged.clusters,
        embeddings=merged.embeddings,
        where=merged.where,
        seed=merged.seed,
        dry_run=dry_run,
    )
