"""`report.html`: one page of a build. Text of others is text, never HTML.

Gathers what each panel shows, renders the templates of curate/report/web, and changes the report
over as a whole.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.length.text import controlled, cost, shares_of, weighed
from curate.locks import held
from curate.manifest_files import build_manifest
from curate.parameters import RADIUS
from curate.plain import settings_text
from curate.report.believed import confusion_charts, trust_charts
from curate.report.beside import PAGE, staged
from curate.report.browser import PairData, pair_data
from curate.report.charts import Chart
from curate.report.distributions import margin_chart, score_charts
from curate.report.figures import Figures, figures
from curate.report.funnel import exports, funnels, lines_left
from curate.report.headline import next_steps, tiles
from curate.report.leaning import leaning
from curate.report.picture_groups import PictureGroups, picture_groups
from curate.report.rating import Rating, rating
from curate.report.rendering import rendered
from curate.report.spending import Spending, spending
from curate.report.tables import report_tables
from curate.trust.text import trust_lines
from curate.workspace import Workspace
from schemas.length import LengthReport
from schemas.manifest import BuildManifest
from schemas.quality import Quality
from schemas.rubric import scales_of

NAME = PAGE


def write_report(
    workspace: Workspace,
    build_id: str | None = None,
    quality: Quality | None = None,
    progress: Callable[[str], None] = lambda _what: None,
) -> Path:
    """Write the page into the build's folder, the latest where none is named; return its path.

    `quality` gives the panel of raters. Votes and costs are those of the workspace as it is now.
    """
    folder = workspace.build_folder(build_id)
    manifest = build_manifest(folder)
    with (
        held(workspace.builds / ".report.lock", "a report"),
        report_tables(workspace, folder) as engine,
        staged(folder) as staging,
    ):
        progress("figures")
        found = figures(engine)
        spent = spending(engine, manifest.counts["pairs"])
        groups = None
        if (radius := _radius(manifest)) is not None:
            groups = picture_groups(workspace, engine, radius, progress)
        pairs = pair_data(
            engine,
            workspace,
            staging,
            manifest.build_id,
            lambda count: progress(f"{count:,} pairs"),
        )
        page = _page(workspace, manifest, found, pairs, spent, groups, quality)
        (staging / PAGE).write_text(page, "utf-8", errors="replace")
    return folder / PAGE


def _page(
    workspace: Workspace,
    manifest: BuildManifest,
    found: Figures,
    pairs: PairData,
    spent: Spending,
    groups: PictureGroups | None,
    quality: Quality | None,
) -> str:
    exported = exports(workspace.root / "exports" / manifest.build_id[:12])
    raters = rating(quality) if quality is not None and quality.raters else None
    leans = leaning(manifest.bias)
    charts = {
        "scores": score_charts(found.scores),
        "margins": [chart] if (chart := margin_chart(found.margins)) else [],
        "trust": trust_charts(manifest.trust) if manifest.trust else [],
        "confusions": confusion_charts(manifest.trust, scales_of(manifest.rubric_id))
        if manifest.trust
        else [],
        "agreement": _heat(raters),
        "bias": [leans.chart] if leans is not None and leans.chart is not None else [],
    }
    return rendered(
        charts=charts,
        pairs=pairs,
        manifest=manifest.model_dump(mode="json"),
        tiles=tiles(manifest),
        next_steps=next_steps(manifest, quality, exported),
        funnels=funnels(manifest, found.drops),
        lines_left=lines_left(found.drops),
        exported=exported,
        figures=found,
        trust=list(trust_lines(manifest.trust)) if manifest.trust else [],
        raters=raters,
        leans=leans,
        **_lengths(manifest.length),
        spent=spent,
        groups=groups,
        settings=_settings(manifest.settings),
    )


def _radius(manifest: BuildManifest) -> int | None:
    """How near pictures had to be for the build to take them as one; None where it did not look."""
    settings = manifest.settings
    asked: int | None = settings.get("dedupe", {}).get("image_hamming")
    if asked is not None:
        return asked
    return RADIUS if settings.get("split", {}).get("group_by") == "media" else None


def _heat(raters: Rating | None) -> list[Chart]:
    return [raters.heat] if raters is not None and raters.heat is not None else []


def _lengths(found: LengthReport) -> dict[str, Any]:
    """What the page says of lengths: rows by category, models at equal length, and sentences."""
    return {
        "lengths": shares_of(found),
        "control": found.control,
        "controlled": controlled(found.control) if found.control else "",
        "cost": cost(found.cost) if found.cost else "",
        "weighed": weighed(found.weights) if found.weights else "",
    }


def _settings(settings: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """(section, its settings), what is unset left out."""
    filters = [
        (f"filter:{rule['name']}", f"drops a {rule['level']} when {rule['drop_when']}")
        for rule in settings["filter"]
    ]
    sections = [
        (name, settings_text(settings[name]))
        for name in ("pairs", "weights", "score", "dedupe", "split")
        if isinstance(settings.get(name), dict)
    ]
    return [(name, said) for name, said in sections if said] + filters
