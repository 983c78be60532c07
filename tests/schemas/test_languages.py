"""Codes of languages: those of ISO 639 hold, names, countries and slips do not."""

import pytest
from pydantic import ValidationError

from schemas.config import ExportSection
from schemas.languages import TWO_LETTERS


def test_codes_of_both_lengths_hold() -> None:
    assert ExportSection(languages=("en", "no", "yue")).languages == ("en", "no", "yue")
    assert len(TWO_LETTERS) == 183


@pytest.mark.parametrize("code", ["jp", "EN", "e", "english", "en-GB", "", "en\n", "<b>"])
def test_others_are_named(code: str) -> None:
    with pytest.raises(ValidationError, match=r"languages\.0"):
        ExportSection(languages=(code,))


def test_a_language_is_named_once() -> None:
    with pytest.raises(ValidationError, match="a language is named twice"):
        ExportSection(languages=("en", "en"))
