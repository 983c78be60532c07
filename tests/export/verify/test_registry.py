import pytest

from export.registry import FORMATS
from export.verify.registry import READERS, READERS_OF, UNRELEASED


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_has_readers(name: str) -> None:
    assert READERS_OF[name][0] == "datasets"


def test_every_reader_of_a_format_is_known() -> None:
    named = {reader for readers in READERS_OF.values() for reader in readers}
    assert named == READERS.keys() | UNRELEASED.keys()


@pytest.mark.parametrize("name", sorted(READERS))
def test_loading_a_reader_loads_no_trainer(name: str) -> None:
    assert READERS[name]().package == name
