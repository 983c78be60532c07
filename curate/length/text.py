"""What people read of the lengths of a build."""

from curate.console import Console
from schemas.counted import counted
from schemas.length import LengthControl, LengthCost, LengthReport, LengthShare, LengthWeights

MOST_ROWS = 12
COLUMNS = ("category", "pairs", "longer wins", "chosen", "rejected", "by weight")


def show_length(console: Console, found: LengthReport) -> None:
    """How often the longer answer won, what that is between equals, and what was done about it."""
    columns = COLUMNS if found.weights is not None else COLUMNS[:-1]
    rows = [_row(name, share)[: len(columns)] for name, share in shares_of(found)]
    shown = rows if len(rows) <= MOST_ROWS else [*rows[: MOST_ROWS - 1], rows[-1]]
    console.table("Longer wins (characters are medians)", columns, shown)
    if len(shown) < len(rows):
        console.say(f"({counted(len(rows) - len(shown), 'more line')} in curate report and --json)")
    if found.control is not None:
        console.say(controlled(found.control))
    if found.weights is not None:
        console.say(weighed(found.weights))
    if found.cost is not None:
        console.say(cost(found.cost))


def shares_of(found: LengthReport) -> list[tuple[str, LengthShare]]:
    """Categories as they are shown, then what is no category of its own, then all pairs."""
    rows = list(found.categories.items())
    if found.others is not None:
        rows.append((f"({counted(found.n_others, 'other')})", found.others))
    if found.overall is not None:
        rows.append(("(all)", found.overall))
    return rows


def controlled(found: LengthControl) -> str:
    """One sentence on what length wins by itself."""
    who = "Between equal models" if found.models else "Without the names of models,"
    return (
        f"{who} an answer longer by {found.deviation:,.0f} characters, one deviation, wins "
        f"{percent(found.longer_wins)} (length-controlled, "
        f"{counted(found.comparisons, 'pair or tie', 'pairs and ties')})."
    )


def cost(found: LengthCost) -> str:
    """One sentence on what drawing pairs away by length took."""
    lost = [(name, it.pairs) for name, it in found.categories.items()]
    if found.others is not None:
        lost.append(("others", found.others.pairs))
    by_category = ", ".join(f"{name} {pairs:,}" for name, pairs in lost)
    return (
        f"[pairs.cap] longer cost {counted(found.pairs, 'pair')}"
        f"{f' ({by_category})' if lost else ''}; "
        f"{counted(found.prompts, 'prompt has', 'prompts have')} none left by it{_margins(found)}."
    )


def weighed(found: LengthWeights) -> str:
    """One sentence on what length_weight could not balance."""
    return (
        f"Of {counted(found.pairs, 'pair')} with a length_weight, "
        f"{counted(found.one_sided, 'is', 'are')} in strata where one side has none, "
        f"{found.bounded:,} where the rarer side has the greatest weight, 5."
    )


def percent(share: float) -> str:
    """A share with one decimal."""
    return f"{100 * share:.1f} %"


def _row(name: str, share: LengthShare) -> tuple[object, ...]:
    return (
        name,
        share.pairs,
        percent(share.longer_wins),
        round(share.chosen_characters),
        round(share.rejected_characters),
        "" if share.weighted is None else percent(share.weighted),
    )


def _margins(found: LengthCost) -> str:
    """The mean margins, where raters gave scores and not only places."""
    if found.margin_lost is None or found.margin_kept is None:
        return ""
    lost, kept = found.margin_lost, found.margin_kept
    return f"; mean margin {lost:.3f} of what left, {kept:.3f} of what stayed"
