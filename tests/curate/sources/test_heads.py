from typing import Any

from curate.sources.heads import has_lists, has_objects, has_texts, most_rows
from tests.support.source_input import MemorySource, in_memory


def is_good(head: Any) -> bool:
    return head.get("good") is True


GOOD, BAD = {"good": True}, {"good": False}


def test_most_of_the_first_rows_decide() -> None:
    assert most_rows(in_memory(GOOD, BAD, GOOD), is_good)
    assert not most_rows(in_memory(GOOD, BAD), is_good)
    assert not most_rows(in_memory(), is_good)


def test_first_file_with_readable_rows_decides() -> None:
    assert most_rows(MemorySource({"a": [], "b": [GOOD], "c": [BAD, BAD]}), is_good)
    assert not most_rows(MemorySource({"a": [BAD], "b": [GOOD]}), is_good)


def test_files_far_down_a_folder_are_not_opened() -> None:
    empty: dict[str, list[Any]] = {f"{number}": [] for number in range(5)}
    assert not most_rows(MemorySource({**empty, "9": [GOOD]}), is_good)


def test_columns_are_told_apart_by_their_type() -> None:
    head = {"text": "a", "list": [1], "object": {"a": 1}, "null": None}
    assert has_texts(head, "text")
    assert not has_texts(head, "text", "null")
    assert has_lists(head, "list")
    assert not has_lists(head, "text")
    assert has_objects(head, "object")
    assert not has_objects(head, "object", "absent")
