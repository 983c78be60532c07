import pytest

from schemas.counted import counted


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 pairs"), (1, "1 pair"), (2, "2 pairs"), (1_001, "1,001 pairs")],
)
def test_one_is_told_from_many(number: int, said: str) -> None:
    assert counted(number, "pair") == said


def test_many_may_have_a_word_of_their_own() -> None:
    assert counted(1, "query", "queries") == "1 query"
    assert counted(2, "query", "queries") == "2 queries"
