"""What pulls remember of an annotation fits into their ledger, whatever a server said."""

from typing import Any

import pytest

from curate.labelling.pull_change import entry_of, number_of


@pytest.mark.parametrize(
    ("given", "number"),
    [(7, 7), (0, 0), (-1, 0), (2**63 - 1, 2**63 - 1), (2**63, 0), ("7", 0), (None, 0), ([], 0)],
)
def test_a_number_that_no_database_holds_is_none(given: Any, number: int) -> None:
    assert number_of({"id": given}) == number
    assert entry_of("1@x", 5, {"id": given}, None).number == number


def test_a_version_is_a_text_that_can_be_stored() -> None:
    assert entry_of("1@x", 5, {"updated_at": "\ud800"}, None).version == "\ufffd"
    assert entry_of("1@x", 5, {"updated_at": {}}, None).version == "dict"
