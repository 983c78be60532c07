import sys
from pathlib import Path

import pytest

from curate import doctor
from curate.doctor import Check, examine, one_folder
from tests.support.cli import curate
from tests.support.workspaces import Bench


def found(checks: list[Check], what: str) -> Check:
    (check,) = [check for check in checks if check.what == what]
    return check


def test_our_packages_load_from_one_folder() -> None:
    assert one_folder(doctor.PACKAGES).state == "ok"


def test_a_package_that_another_distribution_wrote_over_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ours_one", "ours_two"):
        (tmp_path / name / name).mkdir(parents=True)
        (tmp_path / name / name / "__init__.py").write_text("", "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / name))
    check = one_folder(("ours_one", "ours_two"))
    assert check.state == "wrong"
    assert str(tmp_path / "ours_one") in check.found
    assert str(tmp_path / "ours_two") in check.found
    assert "environment of its own" in check.found


def test_a_package_that_is_not_there_is_wrong() -> None:
    assert one_folder(("no_such_package_of_ours",)).state == "wrong"


def test_something_wrong_exits_with_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "CORE", ("no-such-distribution",))
    ran = curate("doctor", "-C", tmp_path)
    assert ran.code == 1
    assert "no-such-distribution" in ran.out
    assert "1 to mend, see above." in ran.out
    assert ran.err == ""


def test_something_wrong_with_json_is_still_one_object(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "CORE", ("no-such-distribution",))
    ran = curate("doctor", "-C", tmp_path, "--json")
    assert (ran.code, ran.json["wrong"]) == (1, 1)


def test_what_is_optional_and_missing_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "OPTIONAL", {"no-such-distribution": "video"})
    check = found(examine(tmp_path), "no-such-distribution")
    assert check.state == "note"
    assert "pairwright[video]" in check.found


def test_a_key_is_said_to_be_set_and_never_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "secret-0123")
    assert found(examine(tmp_path), "GEMINI_API_KEY").found == "set"
    assert found(examine(tmp_path), "HF_TOKEN").found == "not set"
    for given in ([], ["--json"], ["--debug"]):
        ran = curate("doctor", "-C", tmp_path, *given)
        assert "secret-0123" not in ran.out + ran.err


def test_nothing_is_imported_that_is_only_looked_for(tmp_path: Path) -> None:
    before = set(sys.modules)
    examine(tmp_path)
    new = {name.partition(".")[0] for name in set(sys.modules) - before}
    assert not new & {"datasets", "pandas", "torch", "google", "openai", "label_studio_sdk"}


def test_a_config_that_does_not_hold_is_wrong(bench: Bench) -> None:
    bench.config = "[pairs]\npolcy = 3\n"
    bench.root.mkdir()
    (bench.root / "curate.toml").write_text(bench.config, "utf-8")
    check = found(examine(bench.root), str(bench.root / "curate.toml"))
    assert check.state == "wrong"
    assert "did you mean 'policy'?" in check.found


def test_a_folder_without_a_workspace_is_no_fault(tmp_path: Path) -> None:
    assert found(examine(tmp_path), "workspace").state == "note"


def test_a_workspace_is_named_with_its_rubric(built: Bench) -> None:
    assert found(examine(built.root), "workspace").found == f"{built.root}, rubric five-metric"


def test_little_disk_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "LITTLE_DISK", 1 << 62)
    assert found(examine(tmp_path), "free disk").state == "wrong"
