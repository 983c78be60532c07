"""Rubrics: what is comparable, what is a new wording, and the two presets as DESIGN has them."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.config_pairs import PairsSection
from schemas.errors import ConfigError
from schemas.rubric import PRESETS, Metric, Rubric, rubric_id_of, scales_of

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
BOUNDS = st.floats(-1e6, 1e6, allow_nan=False)


def _rubric(**changes: Any) -> Rubric:
    metric = {"name": "helpfulness", "question": "Does it help?"}
    return Rubric.model_validate({"name": "own", "metric": [metric]} | changes)


def _preset(name: str) -> tuple[Rubric, PairsSection]:
    document = tomllib.loads((files("schemas") / "presets" / PRESETS[name]).read_text("utf-8"))
    return Rubric.model_validate(document["rubric"]), PairsSection.model_validate(document["pairs"])


@given(st.dictionaries(NAMES, st.tuples(BOUNDS, BOUNDS), min_size=1, max_size=5))
def test_a_rubric_id_spells_its_scales(scales: dict[str, tuple[float, float]]) -> None:
    assert scales_of(rubric_id_of(scales)) == scales


def test_the_order_of_metrics_does_not_change_what_is_comparable() -> None:
    there = {"truth": (1, 5), "help": (0, 4)}
    assert rubric_id_of(there) == "help:0:4,truth:1:5"
    assert rubric_id_of(dict(reversed(there.items()))) == rubric_id_of(there)


def test_a_new_wording_changes_the_hash_and_not_the_id() -> None:
    before = _rubric()
    after = _rubric(instructions="Look at the picture first.")
    assert before.rubric_id == after.rubric_id
    assert before.rubric_hash != after.rubric_hash


def test_the_name_of_a_rubric_is_not_read_by_raters() -> None:
    assert _rubric(name="a").rubric_hash == _rubric(name="b").rubric_hash


def test_another_scale_is_another_id() -> None:
    wider = {"name": "helpfulness", "question": "Does it help?", "max": 5}
    assert _rubric(metric=[wider]).rubric_id != _rubric().rubric_id


def test_weights_of_the_config_stand_over_the_rubrics_own() -> None:
    rubric, _ = _preset("five-metric")
    assert rubric.weights({"verbosity": 0.5}) == {
        "helpfulness": 1,
        "correctness": 1,
        "coherence": 1,
        "complexity": 0,
        "verbosity": 0.5,
    }


def test_a_weight_for_an_unknown_metric_names_the_nearest_one() -> None:
    rubric, _ = _preset("five-metric")
    with pytest.raises(ConfigError, match="'helpfullness' unknown; did you mean 'helpfulness'"):
        rubric.weights({"helpfullness": 1})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"min": 4, "max": 4}, "not below max"),
        ({"max": 1001}, "more than 1,000 steps"),
        ({"min": -600, "max": 600}, "more than 1,000 steps"),
        ({"max": 10**12}, "less than or equal to 1000000"),
        ({"min": -(10**400)}, "greater than or equal to -1000000"),
        ({"levels": {"9": "beyond"}}, "level '9' is not on its scale"),
        ({"levels": {"0": "none", "4": "all", "5": "beyond"}}, "level '5' is not on its scale"),
        ({"levels": {"-1": "below", "0": "none", "7": "beyond"}}, "level '-1' is not"),
        ({"name": "Help"}, "pattern"),
        ({"weight": -1}, "greater than or equal to 0"),
    ],
)
def test_a_metric_is_a_scale(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Metric.model_validate({"name": "help", "question": "Does it help?"} | fields)


def test_the_longest_scale_has_a_thousand_steps_above_its_least() -> None:
    metric = Metric(name="help", question="Does it help?", min=-500, max=500)
    assert (metric.min, metric.max) == (-500, 500)


def test_a_metric_is_there_once() -> None:
    metric = {"name": "help", "question": "Does it help?"}
    with pytest.raises(ValidationError, match="same name"):
        _rubric(metric=[metric, metric])


def test_one_metric_at_least_has_weight() -> None:
    with pytest.raises(ValidationError, match="no answer could ever be preferred"):
        _rubric(metric=[{"name": "tone", "question": "How does it sound?", "weight": 0}])


def test_five_metric_is_the_sum_of_three_with_a_margin_of_two() -> None:
    rubric, pairs = _preset("five-metric")
    assert rubric.rubric_id == (
        "coherence:0:4,complexity:0:4,correctness:0:4,helpfulness:0:4,verbosity:0:4"
    )
    assert [metric.weight for metric in rubric.metric] == [1, 1, 1, 0, 0]
    assert (pairs.policy, pairs.min_margin, rubric.ranking) == ("mllm-dpo", 2, False)


def test_mm_rlhf_ranks_and_vetoes_what_is_unsafe() -> None:
    rubric, pairs = _preset("mm-rlhf")
    assert rubric.rubric_id == "ethics:1:5,faithfulness:1:5,helpfulness:1:5"
    assert [metric.weight for metric in rubric.metric] == [1, 1, 1]
    assert (pairs.policy, pairs.min_margin, rubric.ranking) == ("all-ranked", 0, True)
    assert pairs.veto is not None
    assert [(rule.metric, rule.min) for rule in pairs.veto] == [("ethics", 3)]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_what_every_step_means(name: str) -> None:
    rubric, _ = _preset(name)
    for metric in rubric.metric:
        steps = {str(step) for step in range(metric.min, metric.max + 1)}
        assert set(metric.levels) == steps, metric.name


@pytest.mark.parametrize("deep", [False, True])
def test_a_copy_that_says_something_else_has_ids_of_its_own(*, deep: bool) -> None:
    rubric, _ = _preset("five-metric")
    before = (rubric.rubric_id, rubric.rubric_hash)
    changed = rubric.model_copy(update={"metric": rubric.metric[:1]}, deep=deep)
    assert changed.rubric_id == "helpfulness:0:4"
    assert changed.rubric_hash != before[1]
    assert (rubric.rubric_id, rubric.rubric_hash) == before
    assert rubric.model_copy(deep=deep).rubric_hash == before[1]
