"""The recorded replies: the real judge's stage on the sample, with a scripted judge behind it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from annotate.base import Rater
from annotate.registry import RATERS
from curate.demo import JUDGE, LICENCE
from curate.init import create
from curate.judge.options import Options
from curate.judge.stage import judge
from curate.pull.stage import pull
from scripts.sample.cases import Case
from scripts.sample.scripted_judge import ScriptedJudge

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def judgements(files: Mapping[str, bytes], cases: Iterable[Case]) -> bytes:
    """A reply for every request that `curate demo` makes of these files, one a line.

    Lines are in the order of their digests, since replies come in the order of chance.
    """

    def scripted(model: str, **_settings: object) -> Rater:
        return ScriptedJudge(model, cases)

    with TemporaryDirectory() as name, patch.dict(RATERS, replay=scripted):
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        workspace = create(folder / "workspace", overrides=JUDGE)
        pull(workspace, str(folder / "sample.jsonl"), licence=LICENCE, now=NOW)
        record = folder / "recorded"
        report = judge(workspace, Options(record=record, now=lambda: NOW))
        if report.stopped is not None:
            raise report.stopped
        return b"".join(sorted(record.read_bytes().splitlines(keepends=True)))
