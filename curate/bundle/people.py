"""Whether the ids of people that a push would carry are pseudonyms."""

from pathlib import Path

from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace

PSEUDONYM = "h-[0-9a-f]{12}"


def named_people(workspace: Workspace, build: Path) -> list[tuple[str, list[str]]]:
    """The ids of people that are none, by id, each with the places that would name them.

    Every event of every journal that travels counts, whoever wrote it and whatever came after it;
    `[export] pseudonyms` are ids of which the user says that they name nobody.
    """
    values = {
        "pattern": PSEUDONYM,
        "pseudonyms": list(workspace.settings.config.export.pseudonyms),
    }
    with open_views(workspace, build) as connection:
        return connection.execute(statement("push/personal_raters"), values).fetchall()
