"""`curate judge` against a server of the test's own, through the real clients."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotate import journal
from schemas.event import Event
from tests.support.cli import Ran, curate
from tests.support.judge_server.record import Record
from tests.support.judge_server.threads import serving

KEY = "AIzaLoopbackLoopbackLoopbackLoopback123"
MODEL = "gemini-test-flash"
PRICES = (
    f'judge.price=[{{model="{MODEL}", input=0.75, output=3.75, valid_until=2999-12-31}},'
    '{model="other", input=1, output=4, valid_until=2999-12-31}]'
)


@dataclass
class Judge:
    """A workspace and the server it is judged by; `settings` go into every call of `command`."""

    root: Path
    url: str
    record: Record
    settings: tuple[str, ...] = ()
    command: str = "judge"

    def arguments(self, *arguments: str | Path) -> list[str | Path]:
        """The command line of `curate` for these arguments; `a.b=c` is a setting."""
        who = (f"judge.model={MODEL}", f"judge.base_url={self.url}")
        jury = any(one.startswith("judge.jury") for one in self.settings)
        base = (*(() if jury else who), PRICES, *self.settings)
        given = [argument for argument in arguments if not _is_setting(argument)]
        settings = [str(argument) for argument in arguments if _is_setting(argument)]
        overrides = [part for one in (*base, *settings) for part in ("--set", one)]
        return [self.command, "-C", self.root, *overrides, *given]

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run the command, in this process."""
        return curate(*self.arguments(*arguments))

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """The object that a run prints; it ends with this code."""
        ran = self("--json", *arguments)
        assert ran.code == code, ran
        return ran.json

    @property
    def events(self) -> list[Event]:
        """What runs of this command wrote in the workspace, run after run."""
        return events_of(self.root, self.command)

    @property
    def asked(self) -> int:
        """Requests that reached the server's models."""
        return self.record.by_endpoint["generateContent"] + self.record.by_endpoint["chat"]


def events_of(root: Path, command: str = "judge") -> list[Event]:
    """What runs of a workspace that ask the judge wrote, run after run."""
    paths = sorted((root / "annotations").glob(f"{command}-*.jsonl"))
    return [event for path in paths for event in journal.read(path)]


@contextmanager
def judging(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    *settings: str,
    command: str = "judge",
    **server: Any,
) -> Iterator[Judge]:
    """A judge of the workspace, with a key in the environment; `server` is JudgeServer's."""
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    with serving(**server) as (url, record):
        yield Judge(root, url, record, settings, command)


def scores(body: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema that a request asks its answer by, of either protocol."""
    config = body.get("generationConfig") or body.get("generation_config")
    if config is None:
        found: dict[str, Any] = body["response_format"]["json_schema"]["schema"]
        return found
    return dict(config.get("responseJsonSchema") or config["response_json_schema"])


def words_of(body: dict[str, Any]) -> str:
    """The words of a request to Gemini, part after part."""
    return "\n".join(part.get("text", "") for turn in body["contents"] for part in turn["parts"])


def saying(score: int) -> str:
    """A reply, for any answers up to Z, that scores each of them alike on the five metrics."""
    metrics = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
    answer = {
        key: value
        for metric in metrics
        for key, value in ((f"{metric}_reason", "So it is."), (metric, score))
    }
    return json.dumps(dict.fromkeys("ABCDEFGH", answer))


def _is_setting(argument: str | Path) -> bool:
    return isinstance(argument, str) and "=" in argument and not argument.startswith("-")
