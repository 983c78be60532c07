"""No byte of a stranger's Parquet footer ends the process: it is read, or refused in one line."""

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.bundle.checked import checked_rows
from curate.bundle.journals import events_in
from curate.media.shards import Shards
from curate.near.signatures import signature_file
from curate.selecting.embedding_files import _read_parquet
from curate.sources.files import open_path
from schemas.arrow import to_table
from schemas.candidate import Candidate
from schemas.errors import PairwrightError
from tests.support.examples import FIRST, PROMPT_ID

READERS: dict[str, Callable[[Path], object]] = {
    "a push": lambda path: list(checked_rows(path, Candidate)),
    "a source": lambda path: list(open_path(path, None, None).rows(path.name)),
    "a sealed journal": lambda path: list(events_in(path)),
    "signatures": signature_file,
    "embeddings": lambda path: list(_read_parquet(path)[1]),
    "packed media": lambda path: Shards(path.parent).has(f"{'0' * 64}.png"),
}
CHANGES = (0, 2, 0xFF)


def written(folder: Path) -> Path:
    answer = Candidate(prompt_id=PROMPT_ID, candidate_id=FIRST, response="Three.", source="s")
    path = folder / "candidates.parquet"
    pq.write_table(to_table([answer], Candidate), path)
    return path


def read_all(path: Path, name: str, step: int) -> int:
    """Change a byte of the footer and read, one after another; how many files were refused."""
    whole = path.read_bytes()
    (size,) = struct.unpack("<I", whole[-8:-4])
    refused = 0
    for place in range(len(whole) - 8 - size, len(whole) - 8, step):
        for change in CHANGES:
            path.write_bytes(whole[:place] + bytes([change]) + whole[place + 1 :])
            try:
                READERS[name](path)
            except PairwrightError:
                refused += 1
    return refused


@pytest.mark.parametrize(
    ("name", "step"), [(name, 2 if name == "a push" else 8) for name in READERS]
)
def test_a_changed_byte_of_a_footer_is_refused_and_no_more(
    name: str, step: int, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from tests.curate.bundle.test_damaged_footers import read_all; "
        f"print(read_all(Path(sys.argv[1]), {name!r}, {step}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(written(tmp_path))],
        capture_output=True,
        check=False,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) > 50
