from pathlib import Path

import pytest

from export.verify import asking
from export.verify.asking import verdict_of
from export.verify.base import Checked, NotAskedError, Reader, RefusedError, Verdict, Written
from tests.support.pairs import build, pair, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written("parquet", build(tmp_path, [pair()]), tmp_path / "out")
    return tmp_path / "out"


def read_by(monkeypatch: pytest.MonkeyPatch, answer: Checked | Exception, package: str) -> None:
    def read(found: Written) -> Checked:
        assert found.splits["train"] == 1
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(asking, "READERS", {"mine": lambda: Reader(package, read)})


def test_what_a_reader_takes_is_verified(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    read_by(monkeypatch, Checked(1, "1 row read"), "pytest")
    verdict = verdict_of("mine", folder)
    assert verdict == Verdict(f"pytest {pytest.__version__}", True, 1, "1 row read")


@pytest.mark.parametrize(
    ("error", "verified", "detail"),
    [
        (RefusedError("train row 1: no"), False, "train row 1: no"),
        (ValueError("no"), False, "ValueError: no"),
        (NotAskedError("too old"), None, "too old"),
        (ImportError("no sub"), None, "cannot be imported: ImportError: no sub"),
    ],
)
def test_what_a_reader_raises_is_its_verdict(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    error: Exception,
    verified: object,
    detail: str,
) -> None:
    read_by(monkeypatch, error, "pytest")
    verdict = verdict_of("mine", folder)
    assert verdict.verified is verified
    assert verdict.detail.endswith(detail)


def test_a_reader_that_is_not_installed_says_so(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    read_by(monkeypatch, Checked(1, "read"), "no-such-trainer")
    elsewhere = "name the Python of an environment that has it: --verify-with PYTHON"
    detail = f"no-such-trainer is not installed; {elsewhere}"
    assert verdict_of("mine", folder) == Verdict("no-such-trainer", None, detail=detail)
    reader = Reader("no-such-trainer", lambda _found: Checked(1, "read"), extra="align")
    monkeypatch.setattr(asking, "READERS", {"mine": lambda: reader})
    detail = f"no-such-trainer is not installed; pip install 'pairwright[align]', or {elsewhere}"
    assert verdict_of("mine", folder) == Verdict("no-such-trainer", None, detail=detail)


def test_a_reader_that_nobody_can_install_says_why(folder: Path) -> None:
    verdict = verdict_of("mm-rlhf", folder)
    assert verdict.verified is None
    assert verdict.detail == "the trainer of MM-RLHF is no package that can be installed"


def test_an_export_without_a_row_is_not_verified(tmp_path: Path) -> None:
    written("parquet", build(tmp_path, []), tmp_path / "out")
    verdict = verdict_of("datasets", tmp_path / "out")
    assert verdict.verified is None
    assert verdict.detail == "no rows were written"


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    verdict = verdict_of("datasets", tmp_path)
    assert verdict.verified is False
    assert "export.json cannot be read" in verdict.detail
