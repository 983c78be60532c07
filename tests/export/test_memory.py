"""Memory is that of one row group: measured in a process of its own, on a set larger than it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.answers import NAMES, answer, given
from tests.support.pairs import SHARDED, build, pair, stored

ROOT = Path(__file__).resolve().parents[2]
PEAK = """
import sys
from pathlib import Path
from curate.media.stored import StoredMedia
from export.base import ExportInput, ExportOptions, Metric
from export.registry import get_format
root, name = Path(sys.argv[1]), sys.argv[2]
tables = [root / "pairs.parquet", root / "ties.parquet", StoredMedia(root / "media")]
rubric = [Metric(metric, 0.0, 4.0, 1.0) for metric in sys.argv[3].split(",")]
source = ExportInput(
    *tables, ("train", "test"), 200 << 20, "0", "b", answers=root / "answers.parquet", rubric=rubric
)
result = get_format(name).write(source, root / name, ExportOptions())
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(result.rows, len(result.files), int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's /proc")
@pytest.mark.parametrize("name", [*SHARDED, "critique-reward", "best-of-n", "steerlm", "helpsteer"])
def test_peak_stays_below_the_size_of_the_set(tmp_path: Path, name: str) -> None:
    large = stored(tmp_path / "media", b"\xff\xd8\xff" + b"x" * (2 << 20), "jpg")
    texts = [f"answer {n}" for n in range(300)]
    build(tmp_path, [pair(media=[large], chosen=text) for text in texts])
    given(tmp_path / "of", [answer(text, media=[large]) for text in texts])
    (tmp_path / "of" / "answers.parquet").rename(tmp_path / "answers.parquet")
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path), name, ",".join(NAMES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows, files, peak = map(int, done.stdout.split())
    assert (rows, files) == (300, 4)
    assert sum(path.stat().st_size for path in (tmp_path / name).iterdir()) > 600 << 20
    assert peak < 400
