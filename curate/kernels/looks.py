"""What pictures look like, as two kinds of hash that must agree before two count as one picture.

The first is the DCT hash (Zauner 2010): which of the 64 lowest frequencies are above their median.
It is taken of the whole picture, of it mirrored, and of two smaller frames of it, so that a crop is
found by the frame it was cut to. The second is a grid of 16 x 16 cells in four steps of grey, which
tells charts and pages apart whose low frequencies are alike.

A picture without any contrast, or of a few pixels, looks like nothing: it has no hash.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from curate.kernels.thumbnails import SIDE

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

MARGINS = (0.0, 0.03, 0.06)
"""What the frames leave out on every side; the first is the whole picture."""

VIEWS = 2 * len(MARGINS)
"""The frames, each as it is (even numbers) and mirrored (odd)."""

COARSE, FINE, GRID = 8, 32, 16
LEVELS = (-0.6, 0.0, 0.6)
"""Where the steps of grey change, in standard deviations from the mean."""

GRID_BYTES = GRID * GRID // 4
FLATTEST = 2.0
"""Grey levels of standard deviation below which a picture is blank."""


def is_blank(squares: "Array") -> "Array":
    """Which squares (n, 64, 64) have no contrast to tell them by."""
    import numpy as np

    found: Array = squares.reshape(len(squares), -1).std(axis=1, dtype=np.float32) < FLATTEST
    return found


def hashes(squares: "Array") -> "Array":
    """The DCT hash of every view of squares (n, 64, 64), as int64 (n, VIEWS)."""
    import numpy as np

    found = np.empty((len(squares), VIEWS), np.int64)
    greys = squares.astype(np.float32)
    mirror = np.where(np.arange(COARSE) % 2, -1, 1).astype(np.float32)
    for place, margin in enumerate(MARGINS):
        change = _cosines() @ _frame(FINE, margin)
        waves = change @ greys @ change.T
        found[:, 2 * place] = _above_median(waves)
        found[:, 2 * place + 1] = _above_median(waves * mirror)
    return found


def grids(squares: "Array") -> "Array":
    """The grid of every view of squares (n, 64, 64), as uint8 (n, VIEWS, GRID_BYTES)."""
    import numpy as np

    found = np.empty((len(squares), VIEWS, GRID_BYTES), np.uint8)
    greys = squares.astype(np.float32)
    for place, margin in enumerate(MARGINS):
        frame = _frame(GRID, margin)
        cells = frame @ greys @ frame.T
        for side, shown in enumerate((cells, cells[:, :, ::-1])):
            found[:, 2 * place + side] = _packed(_steps(shown.reshape(len(squares), -1)))
    return found


def steps_of(packed: "Array", kind: str = "int64") -> "Array":
    """The cells of packed grids (n, GRID_BYTES), as -3, -1, 1 and 3 of a type (n, 256)."""
    found: Array = _cells_of_a_byte(kind)[packed].reshape(len(packed), -1)
    return found


def spreads(one: "Array", other: "Array") -> tuple["Array", "Array"]:
    """What packed grids (n, GRID_BYTES) vary by together, and the product of what each does alone.

    Whole numbers, since float32 holds a sum of 256 products of steps to the last digit.
    """
    import numpy as np

    first, second = steps_of(one, "float32"), steps_of(other, "float32")
    count = first.shape[1]

    def whole(values: "Array") -> "Array":
        found: Array = values.astype(np.int64)
        return found

    def spread(x: "Array", y: "Array", of_x: "Array", of_y: "Array") -> "Array":
        found: Array = count * whole(np.einsum("ij,ij->i", x, y)) - of_x * of_y
        return found

    sums = [whole(it.sum(axis=1)) for it in (first, second)]
    alone = spread(first, first, sums[0], sums[0]) * spread(second, second, sums[1], sums[1])
    return spread(first, second, *sums), alone


def correlated(together: "Array", alone: "Array", tenths: int) -> "Array":
    """Where `spreads` come to a correlation of so many tenths or more."""
    found: Array = (together > 0) & (100 * together * together >= tenths * tenths * alone)
    return found


def _above_median(waves: "Array") -> "Array":
    """Which coefficients (n, 8, 8) are above the median of all but the first, as bits of int64."""
    import numpy as np

    flat = waves.reshape(len(waves), -1)
    bits = flat > np.median(flat[:, 1:], axis=1, keepdims=True)
    bits[:, 0] = False
    packed = np.packbits(bits, axis=1, bitorder="little")
    found: Array = np.ascontiguousarray(packed).view("<i8")[:, 0]
    return found


def _steps(cells: "Array") -> "Array":
    import numpy as np

    centred = cells - cells.mean(axis=1, keepdims=True)
    deviations = centred / np.maximum(centred.std(axis=1, keepdims=True), 1e-6)
    found: Array = np.zeros(cells.shape, np.uint8)
    for level in map(np.float64, LEVELS):
        found += deviations >= level
    return found


def _packed(steps: "Array") -> "Array":
    import numpy as np

    first, second, third, fourth = np.moveaxis(steps.reshape(len(steps), -1, 4), 2, 0)
    found: Array = first | second << 2 | third << 4 | fourth << 6
    return found


@cache
def _cells_of_a_byte(kind: str) -> "Array":
    """The four cells that each byte packs. Shape: (256, 4)."""
    import numpy as np

    found: Array = (np.arange(256)[:, None] >> np.array([0, 2, 4, 6]) & 3) * 2 - 3
    return found.astype(kind)


@cache
def _cosines() -> "Array":
    """The 8 lowest rows of the DCT-II of 32 values."""
    import numpy as np

    places = np.arange(FINE)
    angles = np.arange(COARSE)[:, None] * (2 * places[None, :] + 1) * (np.pi / (2 * FINE))
    found: Array = np.cos(angles).astype(np.float32)
    return found


@cache
def _frame(cells: int, margin: float) -> "Array":
    """The matrix (cells, 64) that averages a side without its margins into so many cells."""
    import numpy as np

    edges = np.linspace(margin * SIDE, (1 - margin) * SIDE, cells + 1)
    pixels = np.arange(SIDE)
    upper = np.minimum(edges[1:, None], pixels + 1)
    lower = np.maximum(edges[:-1, None], pixels)
    weights = np.clip(upper - lower, 0, None)
    found: Array = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return found
