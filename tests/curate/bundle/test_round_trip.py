"""A push that is pulled into a fresh workspace builds to the same bytes."""

from pathlib import Path

import pytest

from curate.init import create
from curate.workspace import Workspace
from tests.support.bundles import built, pushed, tables
from tests.support.pulling import NOW, pulled, tree


@pytest.fixture(scope="module")
def demo_push(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pushed(Workspace.open(demo_workspace), tmp_path_factory.mktemp("demo-push"))


def test_the_demo_comes_back_and_builds_to_the_same_bytes(
    demo_workspace: Path, demo_push: Path, tmp_path: Path
) -> None:
    before = built(Workspace.open(demo_workspace))
    restored = create(tmp_path / "restored")
    report = pulled(restored, demo_push)
    assert report.format == "push"
    assert report.prompts == before.manifest.counts["prompts"]
    after = built(restored)
    assert after.manifest.build_id == before.manifest.build_id
    assert tables(after) == tables(before)
    print(report.payload())
