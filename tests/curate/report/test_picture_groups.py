from pathlib import Path

from curate.report.picture_groups import PictureGroups, picture_groups
from curate.report.tables import report_tables
from curate.workspace import Workspace
from tests.support.workspaces import Bench


def groups(root: Path, radius: int = 10) -> PictureGroups:
    workspace = Workspace.open(root)
    with report_tables(workspace, workspace.build_folder()) as engine:
        return picture_groups(workspace, engine, radius)


def test_versions_of_a_picture_are_a_group_with_its_prompts(demo_workspace: Path) -> None:
    found = groups(demo_workspace)
    assert found.count == len(found.groups) > 0
    assert found.pictures == sum(group.count for group in found.groups)
    assert [group.count for group in found.groups] == sorted(
        (group.count for group in found.groups), reverse=True
    )
    for group in found.groups:
        assert group.count >= 2
        assert group.prompts >= 1
        assert len(group.pictures) == group.count
        assert all(uri.startswith("data:image/jpeg;base64,") for uri in group.pictures)


def test_without_pictures_there_are_no_groups(built: Bench) -> None:
    assert groups(built.root) == PictureGroups([], 0, 0)
