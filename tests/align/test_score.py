"""Which model scores which prompt, and which rewards are scores."""

import math
from pathlib import Path

import pytest

from align.score import FoldModel, digest_of, fault_of, model_for

FOLDER = Path("run")


def model(fold: int, components: set[str], prompts: set[str] | None = None) -> FoldModel:
    seen = components if prompts is None else prompts
    return FoldModel(fold, FOLDER, f"d{fold}", frozenset(components), frozenset(seen))


def name(number: int) -> str:
    return f"{number:032x}"


MODELS = [model(0, {name(1), name(3)}), model(1, {name(0), name(2)})]


@pytest.mark.parametrize("number", range(6))
def test_a_component_goes_to_the_model_that_was_kept_from_it(number: int) -> None:
    found, claim = model_for(MODELS, name(number), {name(number)})
    assert (found.fold, claim) == (number % 2, "cross_fitted")


def test_a_component_that_was_joined_since_goes_to_a_model_that_saw_no_part_of_it() -> None:
    joined = {name(0), name(9)}
    models = [model(0, {name(9)}), model(1, {name(2)})]
    found, claim = model_for(models, name(0), joined)
    assert (found.fold, claim) == (1, "cross_fitted")


def test_a_component_that_every_model_saw_is_scored_in_sample() -> None:
    joined = {name(0), name(1)}
    found, claim = model_for(MODELS, name(0), joined)
    assert (found.fold, claim) == (0, "in_sample")


def test_one_model_scores_in_sample_only_what_it_learned_from() -> None:
    alone = [model(0, {name(5)}, {name(7)})]
    assert model_for(alone, name(5), {name(6)})[1] == "in_sample"
    assert model_for(alone, name(4), {name(7)})[1] == "in_sample"
    assert model_for(alone, name(4), {name(4)})[1] == "cross_fitted"


@pytest.mark.parametrize(
    ("reward", "fault"),
    [
        (math.nan, "not_finite"),
        (-math.inf, "not_finite"),
        (1000.5, "out_of_scale"),
        (-1000.0, None),
        (0.0, None),
    ],
)
def test_a_reward_that_cannot_count_has_a_fault(reward: float, fault: str | None) -> None:
    assert fault_of(reward) == fault


def test_a_digest_changes_with_every_file_and_name(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "a").write_bytes(b"1")
    first = digest_of(folder)
    assert digest_of(folder) == first
    (folder / "a").write_bytes(b"2")
    changed = digest_of(folder)
    (folder / "a").rename(folder / "b")
    assert len({first, changed, digest_of(folder)}) == 3
