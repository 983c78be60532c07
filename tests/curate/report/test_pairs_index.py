import json
from typing import Any

from curate.report.pairs_chunks import chunks
from curate.report.pairs_index import pairs_index
from curate.report.tables import report_tables
from curate.report.thumbnails import Thumbnails
from curate.workspace import Workspace
from tests.support.pairs import picture
from tests.support.workspaces import Bench, five


def data(bench: Bench, *metrics: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The index and the chunks of the latest build."""
    workspace = Workspace.open(bench.root)
    with report_tables(workspace, workspace.build_folder()) as engine:
        index = pairs_index(engine, metrics or ("correctness", "verbosity"))
        return index, [json.loads(made) for made in chunks(engine, Thumbnails.of(workspace, 64))]


def two_prompts(bench: Bench) -> None:
    for question, model in (("How many?", "b"), ("What else?", "a")):
        bench.prompt(question)
        bench.answer(question, "Three.", model=model)
        bench.answer(question, "Two.", model="c")
        bench.vote(question, scores={"Three.": five(12), "Two.": five(3)})
    bench.build("split.test=0")


def test_the_index_and_the_chunks_have_one_order(bench: Bench) -> None:
    two_prompts(bench)
    index, (chunk,) = data(bench)
    assert index["count"] == 2
    assert [pair["id"][:12] for pair in chunk["pairs"]] == index["id"]
    assert [pair["turns"][0]["parts"][0]["text"] for pair in chunk["pairs"]] == index["words"]


def test_names_are_codes_and_both_sides_count_the_same_models(bench: Bench) -> None:
    two_prompts(bench)
    index, (chunk,) = data(bench)
    assert index["models"] == ["a", "b", "c"]
    for side in ("chosen", "rejected"):
        told = [pair[side]["models"] for pair in chunk["pairs"]]
        assert [[index["models"][code]] for code in index[side]] == told
    assert index["level"] == {"names": ["human"], "codes": [0, 0]}


def test_differences_are_chosen_minus_rejected_where_any_differ(bench: Bench) -> None:
    two_prompts(bench)
    index, _ = data(bench)
    assert index["differences"] == {"correctness": [3, 3]}
    assert index["margin"] == [9, 9]


def test_a_pair_by_rank_alone_has_no_margin_and_no_difference(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", tiers=[["Three."], ["Two."]])
    bench.build()
    index, (chunk,) = data(bench)
    assert (index["margin"], index["differences"]) == ([None], {})
    (vote,) = chunk["pairs"][0]["votes"]
    assert (vote["chosen_tier"], vote["rejected_tier"], vote["confirmed"]) == (1, 2, True)


def test_every_vote_on_the_two_answers_is_there_and_says_whether_it_counts(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.", "One.")
    bench.vote("How many?", "human:anna", {"Three.": five(12), "Two.": five(3)}, rationale="sure")
    bench.vote("How many?", "judge:bot", {"Three.": five(3), "Two.": five(12)})
    bench.vote("How many?", "judge:off", {"One.": five(3)})
    bench.build()
    _, (chunk,) = data(bench)
    votes = chunk["pairs"][0]["votes"]
    assert [(vote["rater"], vote["counted"]) for vote in votes] == [("anna", True), ("bot", False)]
    assert votes[0]["reason"] == "sure"
    assert votes[0]["chosen"]["scores"]["correctness"] == 4.0


def test_a_picture_is_in_a_chunk_once(bench: Bench) -> None:
    medium = picture(bench.root / "media", 1, "png")
    for question in ("How many?", "What?"):
        bench.prompt(question, "Three.", "Two.", media=[medium])
        bench.vote(question, scores={"Three.": five(12), "Two.": five(3)})
    bench.build()
    _, (chunk,) = data(bench)
    assert list(chunk["pictures"]) == [medium.sha256]
    assert [pair["media"][0]["sha256"] for pair in chunk["pairs"]] == [medium.sha256] * 2


def test_long_questions_are_cut_and_steering_characters_replaced(bench: Bench) -> None:
    bench.prompt("\x1b[2J" + "word " * 99, "Three.", "Two.")
    bench.vote("\x1b[2J" + "word " * 99, scores={"Three.": five(12), "Two.": five(3)})
    bench.build()
    (words,) = data(bench)[0]["words"]
    assert len(words) == 90
    assert words.startswith("\N{REPLACEMENT CHARACTER}[2Jword")


def test_a_build_without_pairs_has_neither(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    assert data(bench) == ({"count": 0}, [])
