"""The demo's people: their words written out from recorded replies, and what exports then say."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.support.cli import curate
from tests.support.critiquing import FULLER, Editor, checked, critiquing


def test_recorded_critiques_of_the_demo_reach_its_exports(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = demo_copy / "critiques-replies.jsonl"
    refused = "Says what was asked."
    model = Editor(check={refused: checked("positive", "mixed")})
    with critiquing(demo_copy, monkeypatch, "judge.provider=gemini", answer=model) as run:
        first = run.json("--record", str(recorded))
        for path in (demo_copy / "annotations").glob("critiques-*"):
            path.unlink()
    assert first["failed"].keys() <= {"changed_verdict"}
    replay = [
        *("--set", "judge.provider=replay", "--set", "judge.model=gemini-test-flash"),
        *("--set", f"judge.base_url={recorded.name}"),
    ]
    ran = curate("critiques", "-C", demo_copy, *replay, "--budget-usd", "0", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["expanded"] == first["expanded"] > 50
    assert ran.json["failed"] == first["failed"]
    built = curate("build", "-C", demo_copy, "--json").json
    assert built["unchanged"] is False
    pairs = pq.read_table(Path(built["path"]) / "pairs.parquet").to_pylist()
    kinds = {one["kind"] for row in pairs for one in row["rationales"]}
    assert {"human", "expanded", "judge"} <= kinds
    _check_exports(demo_copy)


def _check_exports(root: Path) -> None:
    done = curate(
        *("export", "-C", root, "--format", "critique-reward", "--format", "mm-rlhf", "--json"),
        *("--out", root / "out"),
    ).json["formats"]
    folder = Path(done["critique-reward"]["path"])
    rows = [row for path in folder.rglob("*.parquet") for row in pq.read_table(path).to_pylist()]
    told = {
        row[f"{side}_critique_source"]: row[f"{side}_critique"]
        for row in rows
        for side in ("chosen", "rejected")
        if row[f"has_{side}_critique"]
    }
    assert told["expanded"].startswith(FULLER)
    assert set(told) <= {"expanded", "human", "judge", "source"}
    lines = [
        json.loads(line)
        for path in Path(done["mm-rlhf"]["path"]).rglob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert any(line["chosen_reason"].startswith(FULLER) for line in lines)
