import os
import time
from pathlib import Path

import pyarrow as pa
import pytest

from curate.caches import whole_parts, write_part


@pytest.mark.parametrize("torn", [b"", b"PAR1", b"no parquet at all"])
def test_a_part_that_was_torn_is_removed(tmp_path: Path, torn: bytes) -> None:
    write_part(tmp_path / "b.parquet", pa.table({"file": ["x"]}))
    (tmp_path / "a.parquet").write_bytes(torn)
    assert whole_parts(tmp_path) == [tmp_path / "b.parquet"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.parquet"]


def test_a_part_that_a_killed_run_began_goes_after_an_hour(tmp_path: Path) -> None:
    write_part(tmp_path / "b.parquet", pa.table({"file": ["x"]}))
    for name, age in (("old.staged", 4_000), ("young.staged", 60)):
        (tmp_path / name).write_bytes(b"PAR1")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert whole_parts(tmp_path) == [tmp_path / "b.parquet"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.parquet", "young.staged"]
