"""One pair as a reader sees it: what was asked, and both answers, cut short."""

from collections.abc import Iterator

from export.card.facts import Example
from export.card.safe import code, table, words
from schemas.counted import counted

DECIDED = {"human": "people", "judge": "a judge alone", "source": "ratings of the source"}


def example(shown: Example | None) -> Iterator[str]:
    """A table of the pair's texts; nothing where no pair may be shown."""
    if shown is None:
        return
    rows = [
        ("question", words(shown.question) + _media(shown.media)),
        ("chosen", words(shown.chosen)),
        ("rejected", words(shown.rejected)),
        ("margin", f"{_margin(shown.margin)}; decided by {DECIDED[shown.level]}"),
    ]
    yield table(("part", "what it says"), rows)
    yield f"Pair {code(shown.pair_id)}, of a margin in the middle; long texts are cut."


def _media(count: int) -> str:
    return f" (shows {counted(count, 'picture or clip', 'pictures or clips')})" if count else ""


def _margin(margin: float | None) -> str:
    if margin is None:
        return "none, since raters only ranked"
    return f"{margin:.2f}, where 1 is the widest difference of scores"
