"""Readers in processes of their own: what they import, print or crash on stays there.

Offline, on the CPU, without keys, with caches that go when the process ends. They lie beside the
export, since a reader's copy of it can be as large as it is.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import export
from export.base import ExportResult
from export.verify.base import ENTERED, LONGEST_DETAIL, Verdict, one_line
from export.verify.registry import READERS_OF
from schemas.errors import UsageError

LONGEST = 30 * 60.0
"""Seconds a reader may take: far more than any needs that goes on at all."""

KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "VIRTUAL_ENV",
)
"""What a reader has of this process's environment, with `LC_*`: the rest may hold keys."""

SETTINGS: Mapping[str, str] = {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "CUDA_VISIBLE_DEVICES": "",
    "WANDB_DISABLED": "true",
    "PYTHONUTF8": "1",
    # More threads only wait for each other on models this small.
    "OMP_NUM_THREADS": "1",
    # LLaMA-Factory pins older versions of what it imports than other trainers need.
    "DISABLE_VERSION_CHECK": "1",
}


def verified(name: str, result: ExportResult, python: str | None = None) -> ExportResult:
    """The result with what every reader of the format says of it.

    `python` is an interpreter that has the trainers, this one where it is not given. The format is
    verified where all its readers take it, refused where one does not, else unknown (None).
    """
    chosen = interpreter(python)
    readers = READERS_OF.get(name, ())
    verdicts = tuple(ask(reader, result.path, chosen) for reader in readers)
    if not readers:
        verdicts = (Verdict(name, None, detail="no trainer reads this format"),)
    return replace(result, verified=_joined(verdicts), verdicts=verdicts)


def interpreter(given: str | None) -> str:
    """The interpreter to ask with. Raises UsageError where the one given is none."""
    if given is None:
        return sys.executable
    found = shutil.which(given)
    if found is None:
        raise UsageError(
            f"--verify-with {given}: no such program", "give the path of a Python interpreter"
        )
    return os.path.abspath(found)  # noqa: PTH100 - an environment's link must not be followed


def ask(reader: str, folder: Path, python: str) -> Verdict:
    """One reader's verdict; a reader that dies refuses, an interpreter that is none does not."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as export.folder does
    with TemporaryDirectory(prefix=f".{folder.name}.verify-", dir=folder.parent) as scratch:
        home = Path(scratch)
        (home / "export").symlink_to(Path(export.__file__).resolve().parent)
        command = [python, "-m", "export.verify", reader, str(folder)]
        try:
            done = _run(command, home)
        except subprocess.TimeoutExpired:
            return Verdict(reader, None, detail=f"it took more than {LONGEST / 60:.0f} minutes")
        except OSError as error:
            return _not_asked(reader, python, f"({one_line(error)})")
    return _said(reader, python, done)


def _said(reader: str, python: str, done: "subprocess.CompletedProcess[str]") -> Verdict:
    lines = done.stdout.splitlines()
    if ENTERED not in lines:
        return _not_asked(reader, python, _death(done))
    try:
        return Verdict(**json.loads(lines[-1]))
    except (ValueError, TypeError):
        killed = done.returncode == -signal.SIGKILL  # by somebody, or for the memory it took
        return Verdict(reader, None if killed else False, detail=f"the reader died {_death(done)}")


def _not_asked(reader: str, python: str, why: str) -> Verdict:
    return Verdict(reader, None, detail=f"{python} cannot run the check {why}")


def _run(command: Sequence[str], home: Path) -> "subprocess.CompletedProcess[str]":
    """Run it to its end; nothing that it started outlives that, an error or Ctrl-C.

    Raises TimeoutExpired after `LONGEST`.
    """
    with subprocess.Popen(  # noqa: S603 - an interpreter that the user names
        command,
        cwd=home,
        env=_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as child:
        try:
            out, err = child.communicate(timeout=LONGEST)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return subprocess.CompletedProcess(command, child.returncode, out, err)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: it for name, it in os.environ.items() if name in KEPT or name.startswith("LC_")}
    # Not TMPDIR: sockets are made in it, and a path of more than 107 bytes is none of theirs.
    caches = ("HF_HOME", "HF_DATASETS_CACHE", "MODELSCOPE_CACHE", "MPLCONFIGDIR")
    folders = {name: str(home / name.lower()) for name in caches}
    for path in folders.values():
        Path(path).mkdir()
    return {**kept, **SETTINGS, **folders, "PYTHONPATH": _joined_path(home, kept)}


def _joined_path(home: Path, kept: Mapping[str, str]) -> str:
    return os.pathsep.join(filter(None, (str(home), kept.get("PYTHONPATH"))))


def _joined(verdicts: tuple[Verdict, ...]) -> bool | None:
    found = {verdict.verified for verdict in verdicts}
    if False in found:
        return False
    return True if found == {True} else None


def _death(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
    last = f": {lines[-1].strip()[:LONGEST_DETAIL]}" if lines else ""
    return f"({how}){last}"
