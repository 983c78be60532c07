"""The results as Markdown: what was asked, means over seeds, and 95 % intervals."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.align import plan
from benchmarks.align.intervals import Mean, mean, paired
from benchmarks.align.records import Results
from benchmarks.align.run import Found, Run

Rows = Sequence[Sequence[str]]
Pick = Callable[[Found], float]


def markdown(head: Sequence[str], rows: Rows) -> str:
    """A table; the first column is text, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def policy_table(policy: Mapping[str, float], rules: Mapping[str, float]) -> str:
    """What is known before DPO: of the policy, and of texts alone."""
    rows = [[name, f"{share:.1%}"] for name, share in {**policy, **rules}.items()]
    return markdown(["before DPO, held-out pairs", "right"], rows)


def noise_table(found: Results) -> str:
    """Accuracy by the share of flipped pairs, and what it lost against none, paired by seed."""
    by_share = {share: _by_seed(found, plan.NOISE, share=share) for share in plan.SHARES}
    rows = []
    for share, runs in by_share.items():
        lost = paired(_picked(runs, _accuracy), _picked(by_share[0.0], _accuracy))
        measures = [mean(list(_picked(runs, pick).values())) for pick in PICKS]
        rows.append([f"{share:.0%}", *map(shown, measures), shown(lost) if share else ""])
    return markdown(["flipped", *PICKED, "accuracy % against 0 %"], rows)


def scaling_table(found: Results, experiment: str) -> str:
    """Accuracy by w and k, and against plain DPO (w = 0), paired by seed."""
    plain = plain_runs(found, experiment)
    rows = [_scaled("plain DPO", plain, plain)]
    settings = {(run.control, run.w, run.k) for run in found if _dynamic(run, experiment)}
    for control, w, k in sorted(settings, key=_controls_last):
        runs = _by_seed(found, experiment, w=w, k=k, control=control)
        rows.append(_scaled(f"w = {w:g}, k = {k:g}{CONTROLS[control]}", runs, plain))
    head = ["", "mean beta", *PICKED[:3], "accuracy % against plain", "answers % against plain"]
    return markdown(head, rows)


def shown(one: Mean) -> str:
    """Points of 100, and how far the interval reaches to each side."""
    return f"{one.value * 100:.1f} ± {one.reach * 100:.1f}"


CONTROLS = {
    "none": "",
    "shuffled": ", deltas shuffled",
    "matched": ": plain DPO by its mean beta",
}
PICKED = ("accuracy %", "likelier %", "answers %", "pictures shuffled %")


def _accuracy(one: Found) -> float:
    return one.accuracy


def _answers(one: Found) -> float:
    return one.answers


PICKS: tuple[Pick, ...] = (
    _accuracy,
    lambda one: one.likelier,
    _answers,
    lambda one: one.shuffled,
)


def _scaled(name: str, runs: Mapping[int, Found], plain: Mapping[int, Found]) -> list[str]:
    beta = mean([one.beta for one in runs.values()])
    measures = [mean(list(_picked(runs, pick).values())) for pick in PICKS[:3]]
    against = [
        "" if runs is plain else shown(paired(_picked(runs, pick), _picked(plain, pick)))
        for pick in (_accuracy, _answers)
    ]
    return [name, f"{beta.value:.3f}", *map(shown, measures), *against]


def plain_runs(found: Results, experiment: str) -> dict[int, Found]:
    """Runs of plain DPO by seed, on an experiment's labels."""
    if experiment == plan.RIGHT:
        return _by_seed(found, plan.NOISE, share=0.0)
    return _by_seed(found, experiment, w=0.0)


def _controls_last(setting: tuple[str, float, float]) -> tuple[int, float, float]:
    control, w, k = setting
    return list(CONTROLS).index(control), w, k


def _dynamic(run: Run, experiment: str) -> bool:
    return run.experiment == experiment and run.w > 0


def _by_seed(found: Results, experiment: str, **values: object) -> dict[int, Found]:
    return {
        run.seed: one
        for run, one in found.items()
        if run.experiment == experiment
        and all(getattr(run, name) == value for name, value in values.items())
    }


def _picked(runs: Mapping[int, Found], pick: Pick) -> dict[int, float]:
    return {seed: pick(one) for seed, one in runs.items()}
