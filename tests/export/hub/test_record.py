import json
from pathlib import Path

import pytest

from export.hub.files import files_below
from export.hub.record import RECORD, recorded, write_record


def test_a_record_gives_back_what_was_pushed_but_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    write_record(tmp_path, files_below(tmp_path), "b" * 32, "1")
    write_record(tmp_path, files_below(tmp_path), "b" * 32, "1")
    found = recorded((tmp_path / RECORD).read_bytes())
    assert found == {"a.txt": files_below(tmp_path)["a.txt"].content}


@pytest.mark.parametrize(
    "values",
    [
        "{",
        "[]",
        "null",
        json.dumps({"made_by": "other", "files": {}}),
        json.dumps({"made_by": "pairwright", "files": ["a.txt"]}),
        json.dumps({"made_by": "pairwright", "files": {"a.txt": "abc", "b": {"size": "1"}}}),
    ],
)
def test_what_is_no_record_of_ours_names_no_file(values: str) -> None:
    assert recorded(values.encode()) == {}
