import errno
import subprocess

import duckdb
import pyarrow as pa
import pytest

from curate.disk import out_of_room
from schemas.errors import BuildError, LabelStudioError

FULL = "No space left on device"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_write_without_room_is_known_by_its_number(number: int) -> None:
    assert out_of_room(OSError(number, "whatever", "/data/pairs.parquet")) == "/data/pairs.parquet"
    assert out_of_room(OSError(number, "whatever")) == "the disk"


def test_libraries_say_it_in_words() -> None:
    told = duckdb.IOException(f'IO Error: Could not write file "/data/a b.duckdb": {FULL}')
    assert out_of_room(told) == "/data/a b.duckdb"
    assert out_of_room(pa.ArrowInvalid(f"IOError: [errno 28] {FULL}")) == "the disk"


def test_what_was_raised_from_it_counts_too() -> None:
    error = BuildError("step 'score' failed", "run with --debug for more")
    error.__cause__ = duckdb.IOException(FULL)
    assert out_of_room(error) == "the disk"


def test_a_servers_words_and_other_errors_are_not_about_this_disk() -> None:
    assert out_of_room(LabelStudioError(f"the server said: {FULL}", "ask its keeper")) is None
    assert out_of_room(OSError(errno.EACCES, FULL)) is None
    assert out_of_room(subprocess.SubprocessError(FULL)) is None
