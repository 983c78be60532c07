"""All figures of a workspace's votes: what `curate report` shows of raters and their agreement."""

from annotate.quality.bootstrap import DRAWS
from curate.quality.agreement import agreement
from curate.quality.raters import raters
from curate.quality.reading import votes
from curate.workspace import Workspace
from schemas.quality import Quality


def measure(workspace: Workspace) -> Quality:
    """The figures of all votes as they are now.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    with votes(workspace) as engine:
        agreed = agreement(engine)
        found = raters(engine)
    return Quality(
        draws=DRAWS,
        votes=sum(rater.votes for rater in found.raters),
        groups=agreed.groups,
        pairs=agreed.pairs,
        raters=found.raters,
        copies=found.copies,
        hardest=found.hardest,
        suspects=found.suspects,
    )
