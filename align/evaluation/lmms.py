"""A thin hand-over to lmms-eval: its command for a checkpoint, and which tasks it has.

lmms-eval runs in a process, and where wanted in an environment, of its own: it pins what it needs.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.evaluation.benchmarks import KNOWN
from align.evaluation.families import arguments_of, family_of
from schemas.errors import AlignError, MissingExtraError, UsageError, did_you_mean

INSTALL = "pip install lmms-eval"
FORK = "git+https://github.com/yfzhang114/mmrlhf-eval"
WHERE = "import importlib.util as u; s = u.find_spec('lmms_eval'); print(s.origin if s else '')"
NAMED = re.compile(r"^(?:task|group)[ \t]*:[ \t]*[\"']?([\w+.-]+)", re.MULTILINE)
KEY = "OPENAI_API_KEY"
STDERR = 2


@dataclass(frozen=True, slots=True)
class HandOver:
    """What lmms-eval is called with. `not_there` are tasks that the installed one has not."""

    arguments: Sequence[str]
    tasks: Sequence[str]
    not_there: Sequence[str]

    @property
    def judged(self) -> list[str]:
        """Tasks whose answers a model of OpenAI's reads."""
        return [task for task in self.tasks if task in KNOWN and KNOWN[task].judge]


def hand_over(
    model: str,
    model_type: str,
    tasks: Sequence[str],
    out: Path,
    *,
    python: str = sys.executable,
    package: Path | None = None,
    processes: int = 1,
    batch_size: int = 1,
    limit: int | None = None,
) -> HandOver:
    """The call for a checkpoint's folder (or Hub id) of a type, with results below `out`.

    `package` is the installed lmms-eval, whose tasks are looked at; without one all are asked for.
    Raises AlignError where none of the tasks is there.
    """
    known = set(tasks) if package is None else tasks_in(package)
    there = [task for task in tasks if task in known]
    missing = [task for task in tasks if task not in known]
    if not there:
        raise AlignError(f"lmms-eval has no task {missing[0]!r}", did_you_mean(missing[0], known))
    family = family_of(model_type)
    arguments = [python, "-m", "accelerate.commands.launch", "--num_processes", str(processes)]
    arguments += ["-m", "lmms_eval", "--model", family]
    arguments += ["--model_args", arguments_of(family, model), "--tasks", ",".join(there)]
    arguments += ["--batch_size", str(batch_size), "--output_path", str(out)]
    if limit is not None:
        arguments += ["--limit", str(limit)]
    return HandOver(arguments, there, missing)


def installed(python: str = sys.executable) -> Path | None:
    """The folder of lmms-eval in an interpreter's environment; None where it is not there.

    Raises UsageError where there is no such interpreter.
    """
    try:
        found = subprocess.run(  # noqa: S603 - the interpreter that the user names
            [python, "-c", WHERE], capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise UsageError(f"--with {python}: {error.strerror}", "name a Python") from error
    origin = found.stdout.strip()
    return Path(origin).parent if found.returncode == 0 and origin else None


def tasks_in(package: Path) -> set[str]:
    """The names of tasks and groups in an installed or unpacked lmms-eval."""
    files = (package / "tasks").rglob("*.yaml")
    return {name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}


def run(call: HandOver, environment: Mapping[str, str] | None = None) -> None:
    """Run it, all its lines on stderr. Raises AlignError where it fails, or a key is missing."""
    environment = os.environ if environment is None else environment
    if call.judged and not environment.get(KEY):
        raise AlignError(
            f"{', '.join(call.judged)} have a judge of OpenAI's, and there is no {KEY}",
            f"set {KEY}, or name other tasks with --tasks",
        )
    ended = subprocess.run(  # noqa: S603 - the interpreter that the user names
        list(call.arguments), env=dict(environment), stdout=STDERR, check=False
    )
    if ended.returncode:
        raise AlignError(f"lmms-eval ended with {ended.returncode}", "its own lines above say why")


def expect_installed(package: Path | None) -> None:
    """Raise MissingExtraError where there is no lmms-eval."""
    if package is None:
        raise MissingExtraError("lmms-eval is not installed", INSTALL)
