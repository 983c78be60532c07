"""Every notebook runs from top to bottom, as Jupyter runs it, and comes without outputs."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.needed import missing

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
TRAINS = "04_train_with_trl"


def cases() -> list[object]:
    """The one that trains runs in the trainers' environment."""
    return [
        pytest.param(name, marks=pytest.mark.train if name == TRAINS else pytest.mark.notebook)
        for name in NAMES
    ]


@pytest.mark.filterwarnings("ignore")  # raised by Jupyter's parts among themselves
@pytest.mark.parametrize("name", cases())
def test_a_notebook_runs_from_top_to_bottom(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        import nbformat
        from nbclient import NotebookClient
    except ImportError:
        missing("nbclient is not installed (extra: dev)")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FOLDER.parent)]))
    text = (FOLDER / f"{name}.ipynb").read_text("utf-8")
    read: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(read, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    plots = [
        output
        for cell in read.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert plots


def test_there_are_notebooks() -> None:
    assert [name[:2] for name in NAMES] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_asks_one_question_and_holds_no_output(name: str) -> None:
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["cells"]
    title = "".join(cells[0]["source"]).splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")
    assert not any(cell.get("outputs") for cell in cells)
    assert len(cells) <= 15
