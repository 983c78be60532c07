"""Sealed journals: their events, or one line that names the file."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.bundle.journals import events_in
from schemas.arrow import to_table
from schemas.errors import JournalError
from schemas.event import Event
from tests.support.examples import vote
from tests.support.tables import promising

ID = b"0" * 32


def sealed(folder: Path, *events: Event) -> Path:
    path = folder / "votes.parquet"
    pq.write_table(to_table(events, Event), path)
    return path


def test_events_come_back(tmp_path: Path) -> None:
    events = [vote(number) for number in range(3)]
    assert list(events_in(sealed(tmp_path, *events))) == events


def test_events_that_a_damaged_list_of_row_groups_leaves_out_are_missed(tmp_path: Path) -> None:
    path = sealed(tmp_path, vote(0), vote(1))
    path.write_bytes(promising(path.read_bytes(), 2, 5))
    with pytest.raises(JournalError, match="2 events where it says 5; restore the file"):
        list(events_in(path))


@pytest.mark.parametrize(
    "columns",
    [
        {"event_id": [ID.decode()]},
        {"event_id": pa.array([b"\xff"]).view(pa.string())},
        {"scores": pa.array([[("a", 1), ("a", 2)]], pa.map_(pa.string(), pa.int64()))},
        {"at": pa.array([2**52], pa.timestamp("ms"))},
    ],
)
def test_what_is_no_event_is_one_error_with_the_file(
    tmp_path: Path, columns: dict[str, Any]
) -> None:
    pq.write_table(pa.table(columns), tmp_path / "votes.parquet")
    with pytest.raises(JournalError, match=r"votes\.parquet: ") as error:
        list(events_in(tmp_path / "votes.parquet"))
    assert "\n" not in str(error.value)
