"""Random small workspaces of every kind of vote, to hold the build against the oracle."""

from fractions import Fraction
from random import Random

from schemas.rubric import rubric_id_of
from tests.support.oracle_votes import Rules
from tests.support.workspaces import Bench

METRICS = ("x", "y", "z")
CONFIG = """
[rubric]
name = "small"
[[rubric.metric]]
name = "x"
question = "?"
min = 0
max = 2
[[rubric.metric]]
name = "y"
question = "?"
min = 0
max = 2
weight = 2.0
[[rubric.metric]]
name = "z"
question = "?"
min = 0
max = 2
weight = 0.0
"""
OWN = rubric_id_of(dict.fromkeys(METRICS, (0, 2)))
OTHER = rubric_id_of(dict.fromkeys(METRICS, (0, 4)))
ACCEPTED = rubric_id_of({"x": (1, 5), "y": (1, 5)})
RATERS = (
    *("human:anna", "human:ben", "human:cleo") * 3,
    *("judge:one", "judge:two") * 2,
    *("source:set", "source:other"),
    "reward_model:rm",
)
SCALES = {OWN: (0, 2), OTHER: (0, 4), ACCEPTED: (1, 5)}


def settings_of(random: Random) -> tuple[list[str], Rules]:
    """Settings of [pairs], as overrides for the build and as rules for the oracle."""
    margin = random.choice(["0", "1", "1.5", "2"])
    consensus = random.choice(["0", "0.3", "0.5", "1"])
    conflict = random.choice(["drop", "ranking", "scores", "adjudicate"])
    unstable = random.choice(["0.2", "0.3", "1"])
    veto = random.random() < 0.3
    overrides = [
        f"pairs.min_margin={margin}",
        f"pairs.min_consensus={consensus}",
        f"pairs.on_conflict={conflict}",
        f"pairs.unstable_above={unstable}",
        'pairs.veto=[{metric = "z", min = 1}]' if veto else "pairs.veto=[]",
        f'score.accept_rubrics=["{ACCEPTED}"]',
    ]
    weights = {"x": Fraction(1), "y": Fraction(2), "z": Fraction(0)}
    rules = Rules(
        weights,
        frozenset({OWN, ACCEPTED}),
        Fraction(margin),
        Fraction(consensus),
        conflict,
        Fraction(unstable),
        {"z": Fraction(1)} if veto else {},
    )
    return overrides, rules


def fill(bench: Bench, random: Random, prompts: int = 8) -> None:
    """Prompts with two to five answers and up to nine events each."""
    bench.config = CONFIG
    for number in range(prompts):
        prompt = f"q{number}"
        answers = "abcde"[: random.randint(2, 5)]
        bench.prompt(prompt, *answers)
        rare = random.random() < 0.3
        for _ in range(random.randint(0, 9)):
            _vote(bench, random, prompt, answers, rare=rare)


def _vote(bench: Bench, random: Random, prompt: str, answers: str, *, rare: bool) -> None:
    rater = random.choice(RATERS)
    rubric_id = (
        random.choice([OTHER, OTHER, OWN]) if rare else random.choice([OWN] * 4 + [ACCEPTED])
    )
    seen = random.sample(answers, random.randint(1, len(answers)))
    if random.random() < 0.05:
        seen = [*seen, "stranger"]
    kind = random.choice(["scores", "ranking", "both", "one"])
    if rare and kind == "ranking" and random.random() < 0.7:
        kind = "both"
    scored = seen[:1] if kind == "one" else seen
    has_scores, has_order = kind != "ranking", kind in {"ranking", "both"}
    overall = rubric_id == OTHER and random.random() < 0.7
    bench.vote(
        prompt,
        rater,
        {it: _scores(random, rubric_id, overall=overall) for it in scored} if has_scores else None,
        tiers=_tiers(random, seen) if has_order else None,
        rubric_id=rubric_id if has_scores else None,
        overall_scale=(0, 10) if overall and has_scores else None,
        rubric_hash=random.choice([None, "wording"]),
        version=random.choice([None, None, "2"]),
        sample=random.choice([0, 0, 0, 1]),
        order_no=random.choice([0, 0, 1]),
        confirmed=random.random() < 0.9,
        final=random.random() < 0.06,
        supersedes=random.choice(bench.events).event_id
        if bench.events and random.random() < 0.08
        else None,
        deleted=random.random() < 0.03,
    )


def _scores(random: Random, rubric_id: str, *, overall: bool) -> dict[str, float]:
    low, high = SCALES[rubric_id]
    names = ("x", "y") if rubric_id == ACCEPTED else METRICS
    given = {name: float(random.randint(low, high)) for name in names if random.random() < 0.93}
    if random.random() < 0.03:
        given["x"] = high + 1.0
    if random.random() < 0.02:
        given["unknown"] = 1.0
    if overall:
        given["overall"] = float(random.randint(0, 10))
    return given


def _tiers(random: Random, answers: list[str]) -> list[list[str]]:
    """The answers in a random order, cut into tiers."""
    tiers: list[list[str]] = []
    for answer in random.sample(answers, len(answers)):
        if tiers and random.random() < 0.35:
            tiers[-1].append(answer)
        else:
            tiers.append([answer])
    return tiers
