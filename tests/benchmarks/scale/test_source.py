"""The set that the measures of scale are taken of: the same for its size, and taken in whole."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.scale.journal import write_votes
from benchmarks.scale.source import ANSWERS, write_source
from curate.build import build
from curate.init import create
from curate.pull.stage import pull
from curate.routing.routes import Options, route
from tests.support.examples import NOON

PROMPTS = 90


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "source"
    write_source(folder, PROMPTS, processes=1)
    return folder


def test_source_is_the_same_for_the_same_size(source: Path, tmp_path: Path) -> None:
    write_source(tmp_path / "again", PROMPTS, processes=1)
    (one,), (other,) = (sorted(folder.iterdir()) for folder in (source, tmp_path / "again"))
    assert one.read_bytes() == other.read_bytes()


def test_every_level_of_votes_gives_pairs(source: Path, tmp_path: Path) -> None:
    workspace = create(tmp_path / "workspace")
    report = pull(workspace, str(source), now=NOON)
    assert report.dropped == {}
    assert report.counts["candidates"] == PROMPTS * ANSWERS
    assert 0.8 * PROMPTS < report.counts["media"] < PROMPTS
    route(workspace, Options(today=date(2026, 1, 1)))
    assert write_votes(workspace.root) > PROMPTS
    made = build(workspace, now=NOON)
    assert made.manifest.counts["pairs"] > PROMPTS / 2
    assert made.manifest.counts["scores"] > 5 * PROMPTS * ANSWERS
