"""The built wheel holds what it must and works in a fresh environment, away from the repository."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from curate.version import __version__

pytestmark = pytest.mark.packaging

PACKAGES = ("schemas", "annotate", "curate", "export", "align")


@pytest.fixture(scope="module")
def archives(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what a release is: the source archive, and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "build", "--outdir", folder, repo_root], folder)
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> Path:
    return next(archives.glob("pairwright-*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def scripts(repo_root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel and what it needs."""
    venv = tmp_path_factory.mktemp("fresh") / "venv"
    _run([sys.executable, "-m", "venv", venv], venv.parent)
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    constraints = repo_root / "constraints.txt"
    _run([programs / "python", "-m", "pip", "install", "-qq", "-c", constraints, wheel], venv)
    return programs


def test_an_index_would_take_both_archives(archives: Path) -> None:
    both = sorted(archives.iterdir())
    assert [path.name for path in both] == [
        f"pairwright-{__version__}-py3-none-any.whl",
        f"pairwright-{__version__}.tar.gz",
    ]
    said = _run([sys.executable, "-m", "twine", "check", "--strict", *both], archives)
    assert said.count("PASSED") == len(both)


def test_the_source_archive_can_be_worked_on(repo_root: Path, archives: Path) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    tracked = set(_run(["git", "ls-files"], repo_root).splitlines())
    missing = {name for name in tracked - held if not name.startswith(".")}
    assert not {name for name in missing if (repo_root / name).is_file()}


def test_the_wheel_holds_the_five_packages_and_nothing_else(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_holds_every_tracked_file_of_the_packages(
    repo_root: Path, names: list[str]
) -> None:
    listed = _run(["git", "ls-files", *PACKAGES], repo_root)
    tracked = {name for name in listed.splitlines() if (repo_root / name).is_file()}
    assert tracked
    assert not tracked - set(names)


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [("schemas/presets/", ".toml"), ("curate/sql/pair/", ".sql"), ("curate/sample/", "")],
)
def test_the_wheel_holds_the_data_that_the_code_reads(
    names: list[str], folder: str, suffix: str
) -> None:
    assert [name for name in names if name.startswith(folder) and name.endswith(suffix)]


@pytest.mark.parametrize("name", PACKAGES)
def test_the_wheel_says_that_it_is_typed(names: list[str], name: str) -> None:
    assert f"{name}/py.typed" in names


def test_the_wheel_holds_no_caches(names: list[str]) -> None:
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_command_runs_in_a_fresh_environment(scripts: Path, tmp_path: Path) -> None:
    help_text = _run([scripts / "curate", "--help"], tmp_path)
    assert "build" in help_text


def test_the_packages_of_the_wheel_come_from_one_folder(scripts: Path, tmp_path: Path) -> None:
    code = (
        "import annotate, curate, export, schemas\n"
        "from pathlib import Path\n"
        "for package in (annotate, curate, export, schemas):\n"
        "    print(Path(package.__file__).parent.parent)\n"
    )
    folders = set(_run([scripts / "python", "-c", code], tmp_path).split())
    assert len(folders) == 1
    assert scripts.parent in Path(folders.pop()).parents


def test_the_demo_runs_from_the_wheel_alone(scripts: Path, tmp_path: Path) -> None:
    _run([scripts / "curate", "demo", "ws"], tmp_path)
    counted = _run(
        [scripts / "curate", "sql", "-C", "ws", "--json", "select count(*) as n from pairs"],
        tmp_path,
    )
    assert json.loads(counted)["rows"][0] != [0]
    assert (tmp_path / "ws" / "builds" / "latest" / "report.html").is_file()


def _run(command: list[str | Path], folder: Path) -> str:
    """What a command says on stdout; its whole output where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, text=True, env=environment
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
