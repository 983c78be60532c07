"""The card of a build: its facts gathered from the workspace, and written beside the files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from curate.engines.duckdb import DuckDBEngine
from curate.manifest_files import build_manifest, pull_manifest
from curate.pushing.card_plots import plots
from curate.pushing.example import example_of
from curate.quality.measure import measure
from curate.quality.text import NAME as QUALITY
from curate.report.figures import figures
from curate.report.funnel import Funnel, funnels
from curate.report.reasons import export_meaning
from curate.report.spending import spending
from curate.report.tables import report_tables
from curate.workspace import Workspace
from export.card.facts import CardFacts, Cost, Judge, Left, Raters, Shape, Source, Stage
from export.card.folder import configs_of
from export.card.writing import write
from export.folder import RECORD
from schemas.manifest import BuildManifest
from schemas.quality import Quality
from schemas.rubric import Rubric

PULLS = "pulls/"
CALIBRATION = "calibration"
"""The plot that is of use only where a delta of the set is made of it."""


def write_card(
    workspace: Workspace,
    build: Path,
    staging: Path,
    *,
    title: str | None = None,
    repo: str | None = None,
    url: str | None = None,
    languages: Sequence[str] | None = None,
    refused: Mapping[str, int] | None = None,
    refused_votes: Mapping[str, int] | None = None,
) -> None:
    """Write README.md, plots/ and croissant.json of the build into `staging`.

    `staging` holds data/*.parquet, and a folder for every other config. The title is
    `[export]`'s where none is given, else the workspace's name; description and languages are
    those of `[export]`. `url` is the page of `repo` where that is not at the public Hub.
    `refused` are pairs that the export refused, by reason; where they are not given, those of the
    note that it left in `data` are. `refused_votes` are votes of which the same is true.

    Raises ExportError where there is no data, WorkspaceError for a damaged file.
    """
    facts = card_facts(workspace, build, staging, refused)
    votes = _left(refused_votes or {})
    named = facts.languages if languages is None else languages
    facts = replace(facts, title=title or facts.title, refused_votes=votes)
    write(replace(facts, repo=repo, url=url, languages=named), staging)


def card_facts(
    workspace: Workspace, build: Path, staging: Path, refused: Mapping[str, int] | None = None
) -> CardFacts:
    """All that the card of the files in `staging` says; costs are the workspace's as it is now."""
    manifest = build_manifest(build)
    section = workspace.settings.config.export
    with report_tables(workspace, build) as engine:
        found = figures(engine)
        ways = funnels(manifest, found.drops)
        shape = _shape(engine)
        drawn = plots(manifest, found, ways, engine.rows("card/lengths"))
        return CardFacts(
            title=section.title or workspace.root.resolve().name,
            manifest=manifest,
            sources=_sources(workspace, engine, manifest),
            stages=_stages(ways),
            raters=_raters(engine),
            shape=shape,
            cost=_cost(engine),
            rubric=_rubric(workspace, manifest),
            quality=_quality(workspace, build),
            refused=_refused(manifest, staging, refused),
            description=section.description,
            example=example_of(staging, configs_of(staging)[0]),
            languages=section.languages,
            plots=[plot for plot in drawn if plot.name != CALIBRATION or shape.scaled],
        )


def _sources(workspace: Workspace, engine: DuckDBEngine, manifest: BuildManifest) -> list[Source]:
    """The pulls that the build read; one that was taken away since has no licence that is known."""
    pairs = dict(engine.rows("card/sources"))
    read = [it.path.removeprefix(PULLS) for it in manifest.inputs if it.path.startswith(PULLS)]
    return [_source(workspace.pulls / name, pairs.get(name, 0)) for name in read]


def _source(folder: Path, pairs: int) -> Source:
    if not (folder / "pull.json").is_file():
        return Source(folder.name, None, None, 0, 0, pairs)
    pull = pull_manifest(folder)
    return Source(
        name=pull.source,
        revision=pull.revision,
        licence=pull.licence,
        prompts=pull.counts.get("prompts", 0),
        answers=pull.counts.get("candidates", 0),
        pairs=pairs,
        refused=sum(pull.dropped.values()),
        hub=pull.source if pull.revision and pull.source.count("/") == 1 else None,
    )


def _stages(ways: Sequence[Funnel]) -> list[Stage]:
    return [
        Stage(
            way.unit,
            stage.name,
            stage.came,
            stage.kept,
            stage.left,
        )
        for way in ways
        for stage in way.stages
    ]


def _raters(engine: DuckDBEngine) -> Raters:
    """People and raters of sources by their number alone: their ids stay here."""
    rows = engine.rows("card/raters")
    people = [row for row in rows if row[0] == "human"]
    sources = [row for row in rows if row[0] == "source"]
    return Raters(
        people=len({rater for _, rater, *_ in people}),
        people_judgements=sum(row[3] for row in people),
        judges=[Judge(*row) for row in rows if row[0] in {"judge", "reward_model"}],
        sources=len({rater for _, rater, *_ in sources}),
        source_judgements=sum(row[3] for row in sources),
    )


def _shape(engine: DuckDBEngine) -> Shape:
    prompts, with_media, one_rater, no_margin, scaled, models = engine.rows("card/shape")[0]
    levels: dict[str, int] = {}
    for level, _split, count, _rank_only in engine.rows("report/levels"):
        levels[level] = levels.get(level, 0) + count
    return Shape(
        prompts=prompts,
        with_media=with_media,
        one_rater=one_rater,
        no_margin=no_margin,
        scaled=scaled,
        models=models,
        leaks=engine.rows("card/leaks")[0][0],
        levels=levels,
    )


def _cost(engine: DuckDBEngine) -> Cost:
    spent = spending(engine, 0)
    judges = [it for it in spent.raters if it.kind != "human"]
    return Cost(
        usd=spent.usd,
        input_tokens=sum(it.input_tokens for it in judges),
        output_tokens=sum(it.output_tokens for it in judges),
        hours=spent.hours,
        without_price=sum(1 for it in judges if it.usd == 0),
    )


def _rubric(workspace: Workspace, manifest: BuildManifest) -> Rubric | None:
    """The workspace's rubric, while it is the one that the build was made by."""
    rubric = workspace.rubric
    hashes = manifest.rubric_hashes
    if rubric.rubric_id != manifest.rubric_id or (hashes and rubric.rubric_hash not in hashes):
        return None
    return rubric


def _quality(workspace: Workspace, build: Path) -> Quality:
    """The figures that `curate report` left beside the build, else measured now."""
    path = build / QUALITY
    if not path.is_file():
        return measure(workspace)
    return Quality.model_validate_json(path.read_bytes())


def _refused(manifest: BuildManifest, staging: Path, given: Mapping[str, int] | None) -> list[Left]:
    """Pairs of the build that are not in the files, by the reasons that the export said."""
    default = configs_of(staging)[0]
    lost = manifest.counts["pairs"] - default.rows
    note = staging / default.folder / RECORD
    refused = given or (json.loads(note.read_bytes())["refused"] if note.is_file() else {})
    if lost and sum(refused.values()) != lost:
        return [Left("not_held", "the format cannot hold them", lost)]
    return _left(refused)


def _left(refused: Mapping[str, int]) -> list[Left]:
    return [
        Left(reason, export_meaning(reason), count) for reason, count in sorted(refused.items())
    ]
