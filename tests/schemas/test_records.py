"""What other programs and older workspaces may count on: fields, types, bounds and defaults."""

from tests.support.record_fields import KEPT, lines


def test_no_field_of_a_record_changes_unnoticed() -> None:
    kept = KEPT.read_text("utf-8").splitlines()
    assert lines() == kept, "where this is meant: python -m tests.support.record_fields"
