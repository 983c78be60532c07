"""What a build says of the lengths of its answers: part of `manifest.json`.

Lengths are characters of Unicode. Shares and rates have four decimals.
"""

from schemas.base import Record


class LengthShare(Record):
    """Pairs by which answer is the longer one; `longer_wins` is longer / pairs.

    `equal` pairs have answers of one length. `weighted` is the share by length_weight, null where
    the build has no such weights. The characters are medians of chosen and of rejected answers.
    """

    pairs: int
    longer: int
    equal: int
    longer_wins: float
    weighted: float | None
    chosen_characters: float
    rejected_characters: float


class ModelWins(Record):
    """A model's comparisons with others, the share it won, and that at equal length."""

    model: str
    comparisons: int
    wins: float
    controlled: float


class LengthControl(Record):
    """Length and strength told apart (`curate.length.control`), over pairs and ties.

    `longer_wins` is the chance of the longer of two answers by equal models, at a difference of one
    `deviation`, which is in characters. `left_out` are pairs and ties of which a side has no known
    model, or none of the 200 compared most.
    """

    comparisons: int
    ties: int
    left_out: int
    deviation: float
    phi: float
    longer_wins: float
    models: tuple[ModelWins, ...] = ()


class LengthWeights(Record):
    """What length weights were given: `one_sided` pairs have nothing to be balanced with.

    Those `bounded` are in strata where 5, the greatest weight, leaves a rest.
    """

    pairs: int
    one_sided: int
    bounded: int


class CategoryCost(Record):
    """Pairs that `[pairs.cap] longer` took, and prompts that have none left by it.

    The margins are means of what left and of what stayed, null where no pair has one.
    """

    pairs: int
    prompts: int
    margin_lost: float | None
    margin_kept: float | None


class LengthCost(CategoryCost):
    """The cost over all, and by category: the 40 that lost most, then the others together."""

    categories: dict[str, CategoryCost] = {}
    others: CategoryCost | None = None


class LengthReport(Record):
    """Lengths over all pairs and by category: the 40 largest, then the `n_others` together.

    Empty in a build without pairs and ties, and in one by a version that did not look.
    """

    overall: LengthShare | None = None
    categories: dict[str, LengthShare] = {}
    others: LengthShare | None = None
    n_others: int = 0
    control: LengthControl | None = None
    weights: LengthWeights | None = None
    cost: LengthCost | None = None
