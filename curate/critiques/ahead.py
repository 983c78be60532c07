"""What a run would take, before any dollar is spent, and the requests it would begin with."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from annotate.base import Request
from annotate.running.call import Tokens
from annotate.spending.estimate import Estimate, Load, estimate
from curate.critiques.calls import Calls
from curate.critiques.comments import Comment, Naming, comments, shown
from curate.critiques.loads import check_load, expand_load
from curate.critiques.queue import Missing
from curate.critiques.setting import Setting, setting_of, spent_before
from curate.critiques.standing import Known
from curate.critiques.tables import critique_tables, look_again
from curate.critiques.tally import Tally, tally_of
from curate.engines.duckdb import DuckDBEngine
from curate.judge.dry_run import SECONDS_A_CALL
from curate.judge.options import Options
from curate.judge.traffic import traffic_of
from curate.workspace import Workspace

NO_LOAD = Load(0, 0, 0, Tokens(0, 0))


@dataclass(frozen=True, slots=True)
class DryRun:
    """What is left to do, and what there is to do it with, in US dollars.

    The estimate counts a check for every expansion.
    """

    rater: str
    tally: Tally
    estimate: Estimate
    cap_usd: Decimal | None
    spent_usd: Decimal
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A comment as its judge would be asked to expand it."""

    rater: str
    comment: Comment
    request: Request


def dry_run(workspace: Workspace, options: Options) -> DryRun:
    """What a run would take. Nothing is sent and nothing written; no key is needed.

    Raises ConfigError as a run does, but not where the judge has no price.
    """
    setting = setting_of(workspace, options, under_cap=False)
    with critique_tables(workspace, options.limit) as engine:
        naming = Naming(setting.member, setting.section)
        known = look_again(engine, workspace)
        retry = options.retry_failed
        return DryRun(
            rater=setting.member.rater_id,
            tally=tally_of(comments(engine, naming), known, known, retry_failed=retry),
            estimate=_estimate(setting, _load(engine, naming, known, retry_failed=retry)),
            cap_usd=setting.cap_usd,
            spent_usd=spent_before(workspace, engine),
            warnings=setting.priceless,
        )


def preview(workspace: Workspace, options: Options, count: int) -> list[Previewed]:
    """The first requests of a run over all comments, whether or not they came before.

    Raises ConfigError as a run does. No key is needed.
    """
    setting = setting_of(workspace, options, under_cap=False)
    with critique_tables(workspace, options.limit) as engine:
        naming = Naming(setting.member, setting.section)
        calls = Calls(setting.section, lambda comment: comment.key)
        askable = (pair for pair in shown(engine, naming) if pair[0].fault is None)
        return [
            Previewed(setting.member.rater_id, comment, calls.request(view))
            for comment, view in islice(askable, count)
        ]


def _load(engine: DuckDBEngine, naming: Naming, known: Known, *, retry_failed: bool) -> Load:
    missing = Missing(known, retry_failed=retry_failed)
    load = NO_LOAD
    for comment, view in shown(engine, naming):
        if missing(comment):
            standing = known.standings.get(comment.key)
            draft = standing.draft if standing else None
            load += check_load(view, draft)
            if draft is None:
                load += expand_load(view)
    return load


def _estimate(setting: Setting, load: Load) -> Estimate:
    section = setting.section
    return estimate(
        load,
        setting.prices[setting.member],
        traffic_of(section),
        latency=SECONDS_A_CALL[section.tier],
        tier=section.tier,
    )
