"""A build that has too little memory says in which step, and how to give it more."""

from pathlib import Path

import duckdb
import pytest

from curate import build as module
from curate.build import build
from curate.workspace import Workspace
from schemas.errors import BuildError
from tests.support.examples import NOON


def test_step_that_runs_out_of_memory_says_how_to_give_more(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> int:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data")

    latest = (demo_copy / "builds" / "latest").resolve()
    monkeypatch.setattr(module, "write_comparisons", full)
    with pytest.raises(BuildError, match="step 'write' failed: Out of Memory") as caught:
        build(Workspace.open(demo_copy), now=NOON, force=True)
    assert "PAIRWRIGHT_MEMORY_MB" in str(caught.value.fix)
    assert (demo_copy / "builds" / "latest").resolve() == latest
    assert not list((demo_copy / "builds").glob(".staging*"))
