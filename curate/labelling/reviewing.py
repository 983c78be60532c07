"""`curate label review` below the command line: a share of people's votes before an expert."""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from annotate.label_studio.projects import Project, ours
from annotate.label_studio.pull_server import Reader
from annotate.label_studio.review_page import is_review
from annotate.label_studio.review_return import ReviewTask, review_tasks
from curate.console import Advance, no_bar
from curate.labelling import pulling
from curate.labelling.connection import Connection, connect
from curate.labelling.pull_project import key_of
from curate.labelling.reviewing_settle import Settled, decisions, settle
from curate.labelling.reviewing_tasks import boxes_of, fill, urls_of
from curate.labelling.reviewing_votes import Draw, Quota, draw, live_votes, pulled, purpose_of
from curate.labelling.settled import settled
from curate.workspace import Workspace

OWN_VOTE = "own_vote"
Bar = Callable[[int], AbstractContextManager[Advance]]


@dataclass(frozen=True, slots=True)
class Options:
    """`share` of every rater's votes; null is `[label_studio] review_share`.

    `environment` may name a server and its key.
    """

    share: float | None = None
    dry_run: bool = False
    environment: Mapping[str, str] | None = None
    bar: Bar = lambda _: nullcontext(no_bar)


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a run did.

    `own_votes` are words of reviewers on votes of their own, which are not taken. `lost` are votes
    drawn that changed or left the server meanwhile. `urls` are the projects to review in.
    """

    dry_run: bool
    share: float
    settled: Settled
    own_votes: int
    quotas: tuple[Quota, ...]
    tasks_new: int
    lost: int
    urls: tuple[str, ...]


def review(workspace: Workspace, options: Options) -> ReviewReport:
    """Pull, carry out what experts decided, then draw what is missing to the share.

    A dry run pulls nothing and changes nothing. Raises what a pull and a push raise.
    """
    given = os.environ if options.environment is None else options.environment
    connection = connect(workspace, given)
    share = options.share
    if share is None:
        share = workspace.settings.config.label_studio.review_share
    faults: Counter[str] = Counter()
    if not options.dry_run:
        faults += pulling.pull(workspace, given).faults
    with settled(workspace, connection) as client:
        there = list(ours(client))
        tasks = _under_review(workspace, client, there)
        done = settle(client, tasks, decisions(workspace), dry_run=options.dry_run)
        if done.now["returned"]:
            faults += pulling.pull(workspace, given).faults
        drawn = _draw(workspace, connection, client, tasks, share)
        boxes = boxes_of(workspace, connection, client, there)
        lost = 0
        if not options.dry_run:
            with options.bar(len(drawn.votes)) as boxes.advance, boxes:
                lost = fill(workspace, client, boxes, drawn.votes)
    return ReviewReport(
        dry_run=options.dry_run,
        share=share,
        settled=done,
        own_votes=faults[OWN_VOTE],
        quotas=drawn.quotas,
        tasks_new=len(drawn.votes) - lost,
        lost=lost,
        urls=urls_of(connection, tasks, boxes),
    )


def _under_review(workspace: Workspace, client: Any, there: list[Project]) -> list[ReviewTask]:
    """The review tasks of this workspace's votes; others' may be in the same projects."""
    projects = [it.number for it in there if is_review(it.xml)]
    found = [task for number in projects for task in review_tasks(client, number)]
    with pulled(workspace) as ledger:
        return [it for it in found if ledger and ledger.has_event(it.about.reviews)]


def _draw(
    workspace: Workspace,
    connection: Connection,
    client: Any,
    tasks: list[ReviewTask],
    share: float,
) -> Draw:
    """The votes of ordinary work to draw; qualifications and adjudications are not reviewed."""
    there = {key_of(it): int(it["id"]) for it in Reader(connection.url, connection.key).projects()}
    votes: list[dict[str, Any]] = []
    with pulled(workspace) as ledger:
        if ledger:
            known = sorted(ledger.with_votes() & there.keys())
            work = [key for key in known if purpose_of(client, there[key]) == "work"]
            votes = live_votes(ledger, work)
    before = (task.about.reviews for task in tasks)
    return draw(votes, before, share, workspace.settings.config.route.seed)
