"""Differences between two answers as the page marks them, run in the browser beside difflib."""

import difflib
import random
import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

pytestmark = pytest.mark.browser
WORD = re.compile(r"\w+|\s+|[^\w\s]")
Runs = list[dict[str, Any]]


@pytest.fixture(scope="module")
def differences(chromium: Any) -> Any:
    """The page's own function, on a page without anything else."""
    web = resources.files("curate.report") / "web"
    page = chromium.new_page()
    for name in ("text.js", "words.js"):
        page.add_script_tag(content=(web / name).read_text("utf-8"))

    def call(one: str, other: str) -> tuple[Runs, Runs] | None:
        made: tuple[Runs, Runs] | None = page.evaluate(
            "([one, other]) => differences(one, other)", [one, other]
        )
        return made

    yield call
    page.close()


Differences = Callable[[str, str], tuple[Runs, Runs] | None]


def text(runs: Runs, *, differs: bool | None = None) -> str:
    return "".join(run["text"] for run in runs if differs in {None, run["differs"]})


def written(rng: random.Random) -> str:
    return " ".join(rng.choices(["a", "cup", "of", "tea", "3", "-", "\u00e9", "\U0001f600"], k=12))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_marked_and_what_is_not_make_the_text(differences: Differences, seed: int) -> None:
    rng = random.Random(seed)
    one, other = written(rng), written(rng)
    found = differences(f"We see: {one}", f"We see: {other}")
    assert found is not None
    assert (text(found[0]), text(found[1])) == (f"We see: {one}", f"We see: {other}")
    unmarked = [text(runs, differs=False).split() for runs in found]
    assert unmarked[0] == unmarked[1]


@pytest.mark.parametrize("seed", range(20))
def test_as_many_words_stay_unmarked_as_difflib_finds_or_more(
    differences: Differences, seed: int
) -> None:
    rng = random.Random(seed)
    one = [word for word in WORD.findall(written(rng)) if word.strip()]
    other = [word for word in one if rng.random() < 0.8] or one
    found = differences(" ".join(one), " ".join(other))
    assert found is not None
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    kept = text(found[0], differs=False).split()
    assert len(kept) >= sum(block.size for block in blocks)


def test_equal_answers_have_no_mark(differences: Differences) -> None:
    found = differences("Three cups.", "Three cups.")
    assert found is not None
    assert list(found) == [[{"text": "Three cups.", "differs": False}]] * 2


def test_a_space_between_two_marks_is_marked_too(differences: Differences) -> None:
    found = differences("It is three cups.", "It is four cans.")
    assert found is not None
    assert [run["text"] for run in found[0] if run["differs"]] == ["three cups"]


def test_answers_with_next_to_nothing_in_common_are_not_marked(differences: Differences) -> None:
    assert differences("one two three four five", "six, seven; eight!") is None


def test_answers_too_long_to_compare_are_not_marked(differences: Differences) -> None:
    one = " ".join(f"a{number}" for number in range(2000))
    other = " ".join(f"b{number}" for number in range(2000))
    assert differences(one, other) is None


def test_steering_characters_are_gone_from_what_is_marked(differences: Differences) -> None:
    found = differences("three \u202ecups", "three cups")
    assert found is not None
    assert text(found[0]) == "three \ufffdcups"
