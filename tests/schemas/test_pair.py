"""The tables of a build have the columns that DESIGN 4 promises."""

import pytest
from pydantic import ValidationError

from schemas.arrow import table_schema
from schemas.pair import DroppedRow


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ratings", "event_id rater candidate_id metric value scale_min scale_max rubric_id"),
        ("rankings", "event_id rater prompt_id tiers verdict confirmed"),
        ("failures", "prompt_id rater reason detail"),
        ("scores", "candidate_id metric rubric_id value n_raters spread level"),
        (
            "pairs",
            """pair_id prompt_id split component messages media chosen rejected chosen_id
            rejected_id margin_raw margin tier_gap delta delta_source prompt_weight length_weight
            n_raters agreement level policy rationales similarity source licence provenance""",
        ),
        ("dropped", "level id source line step reason other_id score"),
    ],
)
def test_a_table_has_the_columns_of_the_design(table: str, columns: str) -> None:
    assert set(columns.split()) <= set(table_schema(table).names)


def test_a_tie_has_no_policy_and_no_weight() -> None:
    pairs, ties = (set(table_schema(name).names) for name in ("pairs", "ties"))
    own = {"delta", "delta_source", "prompt_weight", "length_weight", "policy"}
    assert pairs - ties == own
    assert not ties - pairs


def test_a_dropped_row_always_has_a_step_and_a_reason() -> None:
    with pytest.raises(ValidationError) as caught:
        DroppedRow.model_validate({"level": "row"})
    missing = {error["loc"][0] for error in caught.value.errors()}
    assert {"step", "reason"} <= missing
