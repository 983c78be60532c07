import pytest

from export.registry import FORMATS, get_format
from schemas.errors import ExportError


def test_format_is_got_by_the_name_it_says_of_itself() -> None:
    assert {name: get_format(name).name for name in FORMATS} == {name: name for name in FORMATS}


def test_every_format_says_what_it_is_for() -> None:
    assert all(get_format(name).about for name in FORMATS)


def test_unknown_format_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ExportError, match="'parqet' unknown; did you mean 'parquet'"):
        get_format("parqet")
