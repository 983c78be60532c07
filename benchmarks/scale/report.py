"""The tables: what each stage and step took, and what a prompt costs as the set grows."""

from collections.abc import Mapping, Sequence

from benchmarks.scale.stages import Stage, Took

HEADS = ("stage", "CPU s", "us CPU a prompt", "wall s", "peak MB", "temporary MB", "stays MB")


def stage_table(stages: Sequence[Stage], prompts: int) -> str:
    """One row a stage, below it one a step of it."""
    lines = [f"{prompts:,} prompts", "", *_head(HEADS)]
    for stage in stages:
        name = f"**{stage.whole.stage}**"
        lines.append(_row(name, *_figures(stage.whole, prompts), f"{stage.stays:,.0f}"))
        lines += [_row(step.step, *_figures(step, prompts), "") for step in stage.steps]
    return "\n".join(lines)


def growth_table(sizes: Mapping[int, Sequence[Stage]]) -> str:
    """One row a size: microseconds of CPU a prompt by stage, and the peaks over all stages."""
    names = [stage.whole.stage for stage in next(iter(sizes.values()))]
    heads = (
        "prompts",
        *(f"{name}, us CPU a prompt" for name in names),
        "all",
        "peak MB",
        "temporary MB",
    )
    lines = _head(heads)
    for prompts, stages in sizes.items():
        costs = [stage.whole.cpu / prompts * 1e6 for stage in stages]
        memory = max(stage.whole.memory for stage in stages)
        disk = max(stage.whole.disk for stage in stages)
        figures = [f"{figure:,.0f}" for figure in (*costs, sum(costs), memory, disk)]
        lines.append(_row(f"{prompts:,}", *figures))
    return "\n".join(lines)


def _figures(took: Took, prompts: int) -> list[str]:
    each = took.cpu / prompts * 1e6
    return [
        f"{took.cpu:,.1f}",
        f"{each:,.0f}",
        f"{took.wall:,.1f}",
        f"{took.memory:,.0f}",
        f"{took.disk:,.0f}",
    ]


def _head(heads: Sequence[str]) -> list[str]:
    return [_row(*heads), f"|{'---|' * len(heads)}"]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
