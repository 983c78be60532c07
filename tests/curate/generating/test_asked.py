from pathlib import Path

import pytest

from curate.generating.asked import source_at


def test_a_source_is_looked_for_in_the_workspace_where_it_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "work" / "exports" / "trl").mkdir(parents=True)
    work = Path("work")
    assert source_at(work, "exports/trl") == "work/exports/trl"
    assert source_at(work, "exports/sft") == "exports/sft"
    (tmp_path / "exports" / "trl").mkdir(parents=True)
    assert source_at(work, "exports/trl") == "exports/trl"
    assert source_at(Path(), "hf:some/set") == "hf:some/set"
