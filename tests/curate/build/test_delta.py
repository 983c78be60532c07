"""DESIGN 5.6: delta is a reward difference and no sum of ratings; null where none is known."""

from tests.support.workspaces import Bench, five, only


def test_delta_is_null_without_a_reward_model_or_a_calibration(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(12), "b": five(0)}, tiers=[["a"], ["b"]])
    row = only(bench.build())
    assert (row["margin_raw"], row["delta"], row["delta_source"]) == (12, None, None)
