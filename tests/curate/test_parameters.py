"""From settings to what the statements are given."""

import unicodedata
from decimal import Decimal

import pytest

from curate.parameters import OUTER_SPACE, tables, values
from curate.settings import resolve
from schemas.config import Config
from schemas.config_pairs import CapSection, PairsSection, ScoreSection, VetoRule
from schemas.errors import ConfigError


def test_outer_space_is_what_python_strips() -> None:
    assert OUTER_SPACE.strip() == ""
    every = map(chr, range(0x110000))
    assert set(OUTER_SPACE) == {char for char in every if not char.strip()}
    assert all(unicodedata.normalize("NFC", char).strip() == "" for char in OUTER_SPACE)


def test_weights_are_whole_units() -> None:
    settings = resolve(
        Config(score=ScoreSection(weights={"helpfulness": 2.5, "verbosity": 0.0001}))
    )
    given = tables(settings, {})["weights"].to_pydict()
    units = dict(zip(given["metric"], given["weight_units"], strict=True))
    assert units == {
        "helpfulness": 25_000, "correctness": 10_000, "coherence": 10_000,
        "complexity": 0, "verbosity": 1,
    }  # fmt: skip
    assert values(settings)["weighted_metrics"] == 4


@pytest.mark.parametrize(
    ("share", "given"),
    [(None, None), (0.5, 500_000), (0.57, 570_000), (0.9999999, 999_999), (1, None)],
)
def test_a_cap_on_longer_answers_is_in_whole_millionths(
    share: float | None, given: int | None
) -> None:
    settings = resolve(Config(pairs=PairsSection(cap=CapSection(longer=share))))
    assert values(settings)["cap_longer"] == given


@pytest.mark.parametrize("weight", [1 / 3, 0.00001, 1e-300])
def test_a_weight_that_is_no_whole_number_of_units_is_refused(weight: float) -> None:
    settings = resolve(Config(score=ScoreSection(weights={"coherence": weight})))
    with pytest.raises(ConfigError, match="weight of metric 'coherence'"):
        tables(settings, {})


def test_accepted_rubrics_hold_the_workspaces_own_once() -> None:
    own = resolve(Config()).rubric.rubric_id
    settings = resolve(Config(score=ScoreSection(accept_rubrics=("x:0:1", own))))
    assert tables(settings, {})["accepted_rubrics"].to_pydict() == {
        "rubric_id": sorted([own, "x:0:1"])
    }


def test_vetoes_and_licences_are_tables_even_where_there_are_none() -> None:
    rule = VetoRule(metric="coherence", min=2.5)
    settings = resolve(Config(pairs=PairsSection(veto=(rule,))))
    assert tables(settings, {})["vetoes"].to_pylist() == [
        {"metric": "coherence", "minimum": Decimal("2.500000")}
    ]
    empty = tables(resolve(Config()), {})
    assert empty["vetoes"].num_rows == empty["pull_licences"].num_rows == 0


def test_min_margin_has_the_digits_of_a_margin() -> None:
    settings = resolve(Config(pairs=PairsSection(min_margin=0.1)))
    assert values(settings)["min_margin"] == Decimal("0.100000")
