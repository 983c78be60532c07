"""The GPU scripts' table and targets, from costs that are made up."""

from collections.abc import Sequence

import pytest

from benchmarks.gpu.compare import holds, in_turn, parser, setting_of, speed, table, verdict
from benchmarks.gpu.subjects import Setting
from benchmarks.gpu.watch import Cost

SETTING = Setting("tiny", 4, 2, 1, 4, 0)


def cost(tokens: float, waiting: float = 0.01, busy: float | None = 0.97) -> Cost:
    return Cost(tokens, 100 / tokens, waiting, 41.25, busy)


def test_runs_alternate() -> None:
    asked = []

    def measure(name: str, _setting: Setting) -> Cost:
        asked.append(name)
        return cost(len(asked))

    found = in_turn(["trl", "mm-dpo"], SETTING, 3, measure)
    assert asked == ["trl", "mm-dpo"] * 3
    assert [one.tokens_a_second for one in found["mm-dpo"]] == [2, 4, 6]


def test_the_table_has_medians_and_the_range() -> None:
    text = table({"trl": [cost(1000), cost(1200), cost(1100)], "mm-dpo": [cost(900, busy=None)]})
    assert text.splitlines()[2:] == [
        "| trl | 1,100 | 1,000 to 1,200 | 0.091 | 1.0% | 41.2 | 97% |",
        "| mm-dpo | 900 | 900 to 900 | 0.111 | 1.0% | 41.2 | not known |",
    ]


def test_speed_is_held_run_by_run() -> None:
    """A machine that slows down slows both: the ratio is of neighbours."""
    assert speed([cost(100), cost(50), cost(10)], [cost(98), cost(49), cost(9.8)]) == 0.98


@pytest.mark.parametrize(
    ("tokens", "waiting", "met"), [(96, 0.01, True), (94, 0.01, False), (99, 0.2, False)]
)
def test_targets_are_speed_and_waiting(tokens: float, waiting: float, *, met: bool) -> None:
    other, ours = [cost(100)], [cost(tokens, waiting)]
    assert holds(other, ours) is met
    assert verdict(other, ours).endswith("met" if met else "MISSED")


OPTIONS: Sequence[tuple[list[str], Setting]] = (
    ([], Setting("7b", 64, 4, 4, 12, 8)),
    (["--shape", "1b", "--full"], Setting("1b", 0, 4, 4, 12, 8)),
    (["--tiny"], SETTING),
)


@pytest.mark.parametrize(("given", "setting"), OPTIONS)
def test_options_say_what_is_run(given: list[str], setting: Setting) -> None:
    assert setting_of(parser("dpo").parse_args(given)) == setting
