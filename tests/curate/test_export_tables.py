"""Answers, references and votes of a build, also against brute force on random workspaces."""

import hashlib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curate.build import build
from curate.export_tables import SEED, Tables, write_tables
from curate.workspace import Workspace
from schemas.arrow import from_batches
from schemas.errors import ConfigError, ExportError
from schemas.event import Failure, Rater
from schemas.exported import AnswerRow, ExportTable, ReferenceRow, VoteRow
from schemas.rubric import rubric_id_of
from tests.support.oracle_answers import told_answers
from tests.support.oracle_votes import live
from tests.support.random_votes import ACCEPTED, OWN, fill, settings_of
from tests.support.workspaces import NOW, Bench, five

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
SUMMED = ("helpfulness", "correctness", "coherence")
WIDE = rubric_id_of(dict.fromkeys(SUMMED, (1, 5)))
OTHER = rubric_id_of({"style": (0, 4)})
FULL = five(12)
ALL: tuple[ExportTable, ...] = ("answers", "references", "votes")


def tables_of(workspace: Workspace, *names: ExportTable, judged: bool = True) -> Tables:
    """The tables of a workspace's latest build, below it."""
    folder = workspace.root / "tables"
    folder.mkdir(exist_ok=True)
    return write_tables(workspace, names, folder, judged=judged)


def answers_of(bench: Bench, *overrides: str, **options: bool) -> dict[str, AnswerRow]:
    """Every answer of a bench by its text; where prompts share a text, the last."""
    workspace = bench.write(*overrides)
    build(workspace, now=NOW)
    path = tables_of(workspace, "answers", **options).files["answers"]
    rows = list(from_batches(pq.ParquetFile(path).iter_batches(), AnswerRow))
    assert len({row.candidate_id for row in rows}) == len(rows)
    return {row.response: row for row in rows}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=10, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32))
def test_answers_are_those_of_the_oracle(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=12)
        overrides, rules = settings_of(random)
        workspace = bench.write(*overrides)
        build(workspace, now=NOW)
        path = tables_of(workspace, "answers").files["answers"]
        rows = list(from_batches(pq.ParquetFile(path).iter_batches(), AnswerRow))
        assert len(rows) == len(bench.candidates)
        by_id = {row.candidate_id: row for row in rows}
        for handle, prompt in bench.prompts.items():
            events = [it for it in live(bench.events) if it.prompt_id == prompt.prompt_id]
            known = [
                it.candidate_id for (text, _), it in bench.candidates.items() if text == handle
            ]
            for name, told in told_answers(events, known, rules, [OWN, ACCEPTED]).items():
                row = by_id[name]
                assert (row.rubric_id, row.level) == (told.rubric_id, told.level)
                assert (row.n_raters, row.full_marks) == (told.n_raters, told.full_marks)
                assert row.scores.keys() == told.scores.keys()
                assert all(near(row.scores[it], value) for it, value in told.scores.items())
                assert near(row.score, told.score)
            assert_placed([by_id[name] for name in known])
        assert standing(rows) == counted_pairs(workspace)


def near(found: Decimal | None, wanted: Fraction | None) -> bool:
    """Equal but for six decimals of each part."""
    if found is None or wanted is None:
        return found is None and wanted is None
    return abs(Fraction(found) - wanted) < Fraction(5, 1_000_000)


def assert_placed(rows: list[AnswerRow]) -> None:
    """Full marks first, then the higher score, then the draw; nothing at the end."""

    def order(row: AnswerRow) -> tuple[Any, ...]:
        draw = hashlib.md5(f"{SEED}{row.candidate_id}".encode(), usedforsecurity=False).hexdigest()
        return (not row.full_marks, row.score is None, -(row.score or 0), draw)

    assert [row.place for row in sorted(rows, key=order)] == list(range(1, len(rows) + 1))


def standing(rows: list[AnswerRow]) -> tuple[Counter[str], Counter[str]]:
    """How often each answer is chosen and rejected, as its row says."""
    chosen = Counter({row.candidate_id: row.n_chosen for row in rows if row.n_chosen})
    return chosen, Counter({row.candidate_id: row.n_rejected for row in rows if row.n_rejected})


def counted_pairs(workspace: Workspace) -> tuple[Counter[str], Counter[str]]:
    """The same of the build's pairs."""
    pairs = pq.read_table(workspace.build_folder() / "pairs.parquet").to_pylist()
    return Counter(it["chosen_id"] for it in pairs), Counter(it["rejected_id"] for it in pairs)


@settings(max_examples=6, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32))
def test_votes_are_what_live_events_say_of_answers_that_stayed(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=6)
        overrides, _rules = settings_of(random)
        workspace = bench.write(*overrides)
        build(workspace, now=NOW)
        tables = tables_of(workspace, "votes")
        batches = pq.ParquetFile(tables.files["votes"]).iter_batches()
        found = {(row.event_id, row.candidate_id): row for row in from_batches(batches, VoteRow)}
        known = {it.candidate_id: it for it in bench.candidates.values()}
        wanted, left = {}, 0
        for event in live(bench.events):
            if event.rater.kind == "reward_model":
                continue
            scores = {it.candidate_id: it.scores for it in event.answers}
            tiers = {it: n for n, tier in enumerate(event.tiers or (), 1) for it in tier}
            for name in {*scores, *tiers}:
                left += name not in known
                if name in known:
                    said = (scores.get(name, {}), tiers.get(name), event.rater, event.confirmed)
                    wanted[event.event_id, name] = (*said, known[name].response)
        assert tables.left_out == {"votes": left}
        assert {key: said_by(row) for key, row in found.items()} == wanted


def said_by(row: VoteRow) -> tuple[Any, ...]:
    rater = {"kind": row.rater_kind, "id": row.rater, "version": row.rater_version}
    scores = {metric: float(value) for metric, value in row.scores.items()}
    return (scores, row.tier, Rater.model_validate(rater), row.confirmed, row.response)


def test_people_speak_before_judges_for_all_answers_of_a_prompt(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(6)})
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(11)})
    found = answers_of(bench)
    assert (found["a"].score, found["a"].level, found["a"].place) == (Decimal(6), "human", 1)
    assert (found["b"].score, found["b"].level, found["b"].place) == (None, None, 2)
    assert (found["b"].scores, found["b"].rubric_id, found["b"].n_raters) == ({}, None, 0)


def test_people_who_left_a_weighted_metric_out_leave_the_word_to_judges(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": {"helpfulness": 1.0}})
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(11)})
    assert {text: row.level for text, row in answers_of(bench).items()} == dict.fromkeys(
        "ab", "judge"
    )


def test_means_of_all_metrics_are_told_and_weighted_ones_summed(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": {**five(8), "verbosity": 3.0}})
    bench.vote("q", "human:ben", {"a": {**five(9), "verbosity": 4.0}})
    row = answers_of(bench)["a"]
    assert {name: float(value) for name, value in row.scores.items()} == {
        "helpfulness": 3.0,
        "correctness": 3.0,
        "coherence": 2.5,
        "complexity": 0.0,
        "verbosity": 3.5,
    }
    assert (float(row.score or 0), row.n_raters) == (8.5, 2)


@pytest.mark.parametrize(
    ("rater", "rubric_id", "scores", "full"),
    [
        ("judge:gemini", None, FULL, True),
        ("judge:gemini", None, {**FULL, "complexity": 0.0, "verbosity": 1.0}, True),
        ("judge:gemini", None, {**FULL, "coherence": 3.0}, False),
        ("judge:gemini", None, {"coherence": 3.0}, False),
        ("source:set", None, {**FULL, "helpfulness": 3.0}, False),
        ("reward_model:rm", None, {**FULL, "helpfulness": 0.0}, True),
        (
            "judge:gemini",
            WIDE,
            dict.fromkeys(("helpfulness", "correctness", "coherence"), 5.0),
            True,
        ),
        (
            "judge:gemini",
            WIDE,
            dict.fromkeys(("helpfulness", "correctness", "coherence"), 4.0),
            False,
        ),
        ("judge:gemini", OTHER, {"style": 0.0}, True),
    ],
)
def test_full_marks_are_the_highest_from_everybody_on_the_rubrics_of_the_build(
    bench: Bench, rater: str, rubric_id: str | None, scores: dict[str, float], *, full: bool
) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": FULL, "b": five(3)})
    rubric = {} if rubric_id is None else {"rubric_id": rubric_id}
    bench.vote("q", rater, {"a": scores}, **rubric)
    row = answers_of(bench, f'score.accept_rubrics=["{WIDE}"]')["a"]
    assert (row.score, row.full_marks) == (Decimal(12), full)


@pytest.mark.parametrize(("order_no", "sample"), [(1, 0), (0, 1), (1, 1)])
def test_one_order_or_sample_of_a_judge_that_falls_short_takes_full_marks(
    bench: Bench, order_no: int, sample: int
) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": FULL, "b": five(3)})
    assert answers_of(bench)["a"].full_marks
    short = {"a": {**FULL, "correctness": 3.0}, "b": five(3)}
    bench.vote("q", "judge:gemini", short, order_no=order_no, sample=sample)
    assert not answers_of(bench)["a"].full_marks


def test_full_marks_go_before_an_equal_score(bench: Bench) -> None:
    """A judge doubts three of four; the one it does not doubt is the best, whatever the draw."""
    bench.prompt("q", *"abcd")
    bench.vote("q", "human:anna", dict.fromkeys("abcd", FULL))
    bench.vote("q", "judge:gemini", dict.fromkeys(("a", "b", "d"), five(11)))
    assert {text: row.place for text, row in answers_of(bench).items()}["c"] == 1


def test_an_overall_speaks_where_no_answer_has_the_rubric_and_gives_no_full_marks(
    bench: Bench,
) -> None:
    bench.prompt("q", "a", "b")
    scores = {"a": {"overall": 10.0}, "b": {"overall": 2.0}}
    bench.vote("q", "source:set", scores, rubric_id=OTHER, overall_scale=(0, 10))
    bench.vote("q", "human:anna", {"a": {"helpfulness": 4.0}})
    row = answers_of(bench)["a"]
    assert (row.score, row.rubric_id) == (Decimal(10), OTHER)
    assert row.scores == {"overall": Decimal(10)}
    assert (row.level, row.full_marks, row.place) == ("source", False, 1)


def test_pairs_of_judges_alone_count_apart_where_they_are_refused(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": FULL, "b": five(3)})
    bench.prompt("other", "c", "d")
    bench.vote("other", "human:anna", {"c": FULL, "d": five(3)})
    counts = {text: counted(row) for text, row in answers_of(bench).items()}
    assert counts == {"a": (1, 0, 0), "b": (0, 1, 0), "c": (1, 0, 0), "d": (0, 1, 0)}
    counts = {text: counted(row) for text, row in answers_of(bench, judged=False).items()}
    assert counts == {"a": (0, 0, 1), "b": (0, 0, 1), "c": (1, 0, 0), "d": (0, 1, 0)}


def counted(row: AnswerRow) -> tuple[int, int, int]:
    return row.n_chosen, row.n_rejected, row.n_judged


def test_an_answer_has_what_its_prompt_and_pull_say(bench: Bench) -> None:
    bench.prompt("q", "a")
    bench.answer("q", "b", written=True)
    row = answers_of(bench)["b"]
    assert (row.source, row.licence, row.origin, row.models) == ("test", "CC0-1.0", "written", ())


def test_references_that_say_something_are_told_and_the_others_counted(bench: Bench) -> None:
    for text, reference in (("q1", "Three."), ("q2", None), ("q3", " "), ("q4", "Four.")):
        bench.prompt(text, "a")
        changed = {"reference": reference}
        bench.prompts[text] = bench.prompts[text].model_copy(update=changed)
    workspace = bench.write()
    build(workspace, now=NOW)
    tables = tables_of(workspace, "references")
    batches = pq.ParquetFile(tables.files["references"]).iter_batches()
    found = from_batches(batches, ReferenceRow)
    assert sorted(row.reference for row in found) == ["Four.", "Three."]
    assert tables.left_out == {"references": 2}


def test_failures_and_reviews_are_no_votes(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    said = bench.vote("q", "human:anna", {"a": FULL})
    bench.vote("q", "judge:gemini", failure=Failure(reason="blocked"))
    bench.vote("q", "human:expert", reviews=said.event_id)
    workspace = bench.write()
    build(workspace, now=NOW)
    rows = pq.read_table(tables_of(workspace, "votes").files["votes"]).to_pylist()
    assert [row["event_id"] for row in rows] == [said.event_id]


def test_the_means_beside_a_vote_are_of_its_rubric_and_level(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    for rater, total in (("human:anna", 12), ("human:ben", 6), ("judge:gemini", 3)):
        bench.vote("q", rater, {"a": five(total)})
    workspace = bench.write()
    build(workspace, now=NOW)
    path = tables_of(workspace, "votes").files["votes"]
    rows = from_batches(pq.ParquetFile(path).iter_batches(), VoteRow)
    means = {row.rater: float(row.mean_scores["helpfulness"]) for row in rows}
    assert means == {"anna": 3.0, "ben": 3.0, "gemini": 1.0}


def test_votes_after_the_build_ask_for_a_new_one(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    workspace = bench.write()
    build(workspace, now=NOW)
    bench.vote("q", "human:anna", {"a": FULL})
    with pytest.raises(ExportError, match=r"have changed since build .*; run: curate build"):
        tables_of(bench.write(), "votes")


def test_memory_is_what_the_environment_says(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.prompt("q", "a", "b")
    workspace = bench.write()
    build(workspace, now=NOW)
    monkeypatch.setenv("PAIRWRIGHT_MEMORY_MB", "much")
    with pytest.raises(ConfigError, match="PAIRWRIGHT_MEMORY_MB = 'much'"):
        tables_of(workspace, "answers")


def test_a_table_is_the_same_taken_in_many_ranges(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(bench, Random(7), prompts=40)
    workspace = bench.write("split.test=0.4")
    build(workspace, now=NOW)
    whole = {name: pq.read_table(path) for name, path in tables_of(workspace, *ALL).files.items()}
    monkeypatch.setattr("curate.export_tables.RANGE_PROMPTS", 3)
    parts = {name: pq.read_table(path) for name, path in tables_of(workspace, *ALL).files.items()}
    assert parts == whole
    assert whole["answers"].num_rows == len(bench.candidates)
    assert set(whole["answers"]["split"].to_pylist()) == {"train", "test"}


def test_a_build_without_components_is_to_be_built_anew(built: Bench) -> None:
    workspace = Workspace.open(built.root)
    path = workspace.build_folder() / "splits.parquet"
    pq.write_table(pq.read_table(path).drop(["component"]), path)
    with pytest.raises(ExportError, match=r"'component' is missing.*curate build --force"):
        tables_of(workspace, "answers")
