"""Label Studio's environment: made once, made anew after a failure, never by two at once."""

import fcntl
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from annotate.label_studio.environment import VERSION, Environment, clean_variables, last_line
from schemas.errors import LabelStudioError


class Pretended(Environment):
    """An environment whose steps only leave what real ones would."""

    steps: list[str] = []

    def _run(
        self, command: Sequence[str], what: str, variables: Mapping[str, str] | None = None
    ) -> None:
        self.steps.append(what)
        if "venv" in command:
            self.python.parent.mkdir(parents=True)
            self.python.touch()
        if variables and (data := variables.get("LABEL_STUDIO_BASE_DATA_DIR")):
            (Path(data) / "label_studio.sqlite3").touch()


@pytest.fixture(autouse=True)
def _no_steps() -> None:
    Pretended.steps = []


def test_it_is_made_once_and_says_each_step(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        Pretended(tmp_path).make(said.append)
    assert Pretended.steps == [
        "make a venv",
        "install Label Studio with pip",
        "make Label Studio's database",
    ]
    assert [text.split(" ")[0] for text in said] == ["installing", "making"]
    assert Pretended(tmp_path).is_ready


def test_the_version_is_in_its_name_and_the_cache_can_be_named(tmp_path: Path) -> None:
    found = Environment.of_user({"PAIRWRIGHT_CACHE": str(tmp_path)})
    assert found.folder == tmp_path / f"label-studio-{VERSION}"
    assert Environment.of_user({}).folder.parent == Path.home() / ".cache" / "pairwright"


def test_a_failed_installation_says_why_and_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = tmp_path / "pip.py"
    pip.write_text("print('x'); raise SystemExit('ERROR: no network')", "utf-8")
    environment = Environment(tmp_path / "there")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(LabelStudioError, match=r"could not install .* ERROR: .*install\.log"):
        environment.make(lambda _text: None)
    assert not environment.is_ready
    Pretended(environment.folder).make(lambda _text: None)
    assert environment.is_ready


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    said: list[str] = []
    waits = threading.Event()

    def say(text: str) -> None:
        said.append(text)
        waits.set()

    with (tmp_path / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        thread = threading.Thread(target=Pretended(tmp_path).make, args=(say,))
        thread.start()
        assert waits.wait(10)
        assert Pretended.steps == []
    thread.join(10)
    assert said[0].startswith("waiting for another process")
    assert Pretended(tmp_path).is_ready


def test_a_child_gets_what_every_program_needs_and_no_key() -> None:
    given = {"PATH": "/bin", "HF_TOKEN": "x", "PIP_INDEX_URL": "y", "PYTHONPATH": "z"}
    assert clean_variables(given) == {"PATH": "/bin"}
    assert clean_variables(given, ["PIP_"]) == {"PATH": "/bin", "PIP_INDEX_URL": "y"}


@pytest.mark.parametrize(
    ("log", "said"),
    [("a\nb\n\n", "b"), ("ERROR: x\nhint\n", "ERROR: x"), ("", "it said nothing")],
)
def test_the_reason_is_the_last_line_or_pips_own(tmp_path: Path, log: str, said: str) -> None:
    (tmp_path / "log").write_text(log, "utf-8")
    assert last_line(tmp_path / "log") == said
