"""The routing stage: rules and what is known of each prompt in, routes.parquet out.

Routing again goes on from the last routes.parquet: what people were shown stays frozen, what was
drawn stays drawn, what was picked stays picked. Judgements and votes that came meanwhile count.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from annotate.routing import Routing
from curate.disk import sync_file, sync_folder
from curate.engines.base import NARROW_ROWS
from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.manifest_files import build_manifest
from curate.routing import decisions, facts, rules
from curate.routing.costs import judge_cost
from curate.routing.hours import LeadTime, lead_time
from curate.routing.report import RoutingReport, report_of
from curate.selection import routes_are_older
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.errors import WorkspaceError

OLDER_ROUTES = "they go by another selection of prompts than there is now"
LOCK = ".routes.lock"
STAGED = ".routes.parquet"


@dataclass(frozen=True, slots=True)
class Options:
    """`next` picks so many prompts for people, `hours` as many as they can rate in that time.

    `refresh` lets go of frozen answers. `today` is the day of the judge's prices; without it no
    dollars are counted.
    """

    refresh: bool = False
    next: int = 0
    hours: float | None = None
    dry_run: bool = False
    today: date | None = None

    @property
    def picks(self) -> bool:
        """Whether prompts are to be picked for people."""
        return self.next > 0 or self.hours is not None

    def wished(self, lead: LeadTime, raters: int) -> int:
        """How many prompts to pick: what is asked for, as far as the hours go."""
        if self.hours is None:
            return self.next
        fitting = lead.votes(self.hours) // raters
        return min(self.next, fitting) if self.next else fitting


def route(workspace: Workspace, options: Options) -> RoutingReport:
    """Say who rates each prompt and write it as routes.parquet, unless it is a dry run.

    Raises ConfigError for a rule that does not hold, JournalError or WorkspaceError for a file that
    cannot be read, WorkspaceError where another process routes.
    """
    rules.check(workspace.settings.config.route.rule)
    if options.dry_run:
        return _route(workspace, options)
    with held(workspace.root / LOCK, "a routing"):
        return _route(workspace, options)


def ensure_routes(workspace: Workspace) -> Path:
    """The workspace's routes.parquet, made from the config where there is none.

    Raises as `route`, and WorkspaceError where the routes go by another selection.
    """
    if not workspace.routes.is_file():
        route(workspace, Options())
    elif routes_are_older(workspace):
        raise WorkspaceError(f"{workspace.routes}: {OLDER_ROUTES}", "run: curate route")
    return workspace.routes


def _route(workspace: Workspace, options: Options) -> RoutingReport:
    settings = workspace.settings
    routing = Routing.of(settings.config)
    with _engine(workspace, options) as (engine, scratch):
        facts.gather(engine, workspace, scratch)
        decisions.refuse_another_seed(engine, routing.seed)
        _apply_rules(engine, workspace, scratch)
        reach = decisions.drawn_below(engine, routing, settings.config.route)
        decisions.decide(engine, routing, reach)
        lead = lead_time(engine)
        wished = options.wished(lead, routing.raters)
        engine.values["next"] = wished
        picked = _pick(engine, wished)
        if picked:
            decisions.decide(engine, routing, reach, picked)
        report = report_of(
            engine,
            reach=reach,
            lead=lead,
            cost=judge_cost(engine, settings, options.today) if options.today else None,
            picked=len(picked),
            wished=wished,
        )
        return report if options.dry_run else replace(report, path=_write(engine, workspace))


@contextmanager
def _engine(workspace: Workspace, options: Options) -> Iterator[tuple[DuckDBEngine, Path]]:
    """An engine and its folder, both gone afterwards."""
    with TemporaryDirectory(prefix="curate-") as scratch:
        with_scores = bool(workspace.settings.config.route.rule) or options.picks
        values = facts.values(
            workspace.settings,
            refresh=options.refresh,
            with_scores=with_scores,
            doubt_slope=_slope(workspace),
        )
        engine = DuckDBEngine(Path(scratch), values)
        try:
            yield engine, Path(scratch)
        finally:
            engine.close()


def _apply_rules(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """Fill `rule_matches`: the sandbox reads what is known of the prompts from a file."""
    section = workspace.settings.config.route
    path = scratch / "facts.parquet"
    if section.rule:
        engine.write("route/known_facts", path, facts.FACTS, NARROW_ROWS)
    engine.put("rule_matches", rules.matches(workspace, section.rule, path))


def _slope(workspace: Workspace) -> float:
    """The slope by which the latest build calibrated its judge, where that says anything."""
    folder = workspace.latest_build()
    trust = build_manifest(folder).trust if folder else None
    found = trust.calibration.beta if trust and trust.calibration else 0.0
    return found if found > 0 else facts.USUAL_SLOPE


def _pick(engine: DuckDBEngine, count: int) -> frozenset[str]:
    """The ids of `count` prompts of the judge's on which a person's vote is worth most."""
    return frozenset(row[0] for row in engine.rows("route/next")) if count else frozenset()


def _write(engine: DuckDBEngine, workspace: Workspace) -> Path:
    """Put routes.parquet in place by one rename, so that it is always whole."""
    staged = workspace.root / STAGED
    engine.write("route/routes", staged, table_schema("routes"), NARROW_ROWS)
    sync_file(staged)
    staged.replace(workspace.routes)
    sync_folder(workspace.root)
    return workspace.routes
