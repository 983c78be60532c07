"""A benchmark out of people's votes: whole prompts, beyond dispute, and kept out of builds."""

import json
from pathlib import Path
from typing import Any

import pytest

from curate.benching.benchmark import Benchmark, read_benchmark
from curate.benching.making import Made, make
from curate.media.store import MediaStore
from curate.workspace import Workspace
from schemas.candidate import Medium, Message, Part, Prompt, prompt_id_of
from schemas.errors import BuildError, ExportError
from tests.support.cli import curate
from tests.support.drawn import png, scene
from tests.support.pulling import pulled, workspace_at
from tests.support.workspaces import Bench, rows


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "workspace")


def made(bench: Bench, count: int = 10, seed: int = 0) -> tuple[Made, Benchmark]:
    found = make(bench.write(), count, None, seed)
    return found, read_benchmark(str(found.path))


def lines(bench: Bench) -> list[dict[str, Any]]:
    text = (bench.root / "bench" / "pairs.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def pulled_back(found: Made, folder: Path) -> Workspace:
    """Another workspace that the benchmark was pulled into."""
    workspace = workspace_at(folder)
    pulled(workspace, found.path)
    return workspace


def said(read: Benchmark) -> set[tuple[str, str]]:
    return {(pair.chosen, pair.rejected) for pair in read.pairs}


def test_all_answers_that_people_rank_apart_are_pairs(bench: Bench) -> None:
    bench.sums("How many cups?", {"Three.": 12, "Two.": 6, "One.": 6, "None.": 0})
    found, read = made(bench)
    assert said(read) == {
        *(("Three.", "Two."), ("Three.", "One."), ("Three.", "None.")),
        *(("Two.", "None."), ("One.", "None.")),
    }
    assert (found.pairs, found.prompts, read.prompts) == (5, 1, [0] * 5)


def test_only_people_are_asked_and_the_latest_of_their_votes(bench: Bench) -> None:
    bench.sums("Judged only?", {"Yes.": 12, "No.": 3}, rater="judge:robot")
    bench.prompt("Both?", "Yes.", "No.")
    first = bench.vote("Both?", tiers=[["Yes."], ["No."]])
    bench.vote("Both?", tiers=[["No."], ["Yes."]], supersedes=first.event_id)
    bench.vote("Both?", "judge:robot", tiers=[["Yes."], ["No."]])
    _, read = made(bench)
    assert said(read) == {("No.", "Yes.")}


def test_a_final_vote_decides(bench: Bench) -> None:
    bench.prompt("Which?", "A.", "B.")
    bench.vote("Which?", "human:anna", tiers=[["A."], ["B."]])
    bench.vote("Which?", "human:bert", tiers=[["B."], ["A."]])
    bench.vote("Which?", "human:chief", tiers=[["B."], ["A."]], final=True)
    assert said(made(bench)[1]) == {("B.", "A.")}


def test_what_people_dispute_is_left_out_whole(bench: Bench) -> None:
    bench.sums("Clear?", {"Yes.": 12, "No.": 3})
    bench.prompt("Disputed?", "A.", "B.", "C.")
    bench.vote("Disputed?", "human:anna", tiers=[["A."], ["B."], ["C."]])
    bench.vote("Disputed?", "human:bert", tiers=[["B."], ["A."], ["C."]])
    found, read = made(bench)
    assert said(read) == {("Yes.", "No.")}
    assert found.left_out == {"disputed": 1}


def test_a_circle_is_left_out(bench: Bench) -> None:
    bench.sums("Clear?", {"Yes.": 12, "No.": 3})
    bench.prompt("Round?", "A.", "B.", "C.")
    for rater, better, worse in (("x", "A.", "B."), ("y", "B.", "C."), ("z", "C.", "A.")):
        bench.vote("Round?", f"human:{rater}", tiers=[[better], [worse]])
    found, read = made(bench)
    assert len(read.pairs) == 1
    assert found.left_out == {"cycle": 1}


def test_ties_alone_make_no_pair(bench: Bench) -> None:
    bench.sums("Clear?", {"Yes.": 12, "No.": 3})
    bench.sums("Even?", {"Yes.": 6, "No.": 6})
    found, _ = made(bench)
    assert found.left_out == {"no_pairs": 1}


def test_without_peoples_votes_there_is_nothing_to_make(bench: Bench) -> None:
    bench.sums("Judged only?", {"Yes.": 12, "No.": 3}, rater="judge:robot")
    with pytest.raises(BuildError, match="people's votes give no pair"):
        made(bench)


def categories(bench: Bench, counts: dict[str, int]) -> None:
    for name, count in counts.items():
        for number in range(count):
            question = f"{name} {number}?"
            bench.sums(question, {"Yes.": 12, "No.": 3})
            prompt = bench.prompts[question]
            bench.prompts[question] = prompt.model_copy(update={"attributes": {"category": name}})


def test_so_many_prompts_of_each_category_are_drawn_by_seed(bench: Bench) -> None:
    categories(bench, {"maps": 8, "charts": 3})
    found, read = made(bench, 5)
    assert {one.name: (one.drawn, one.there) for one in found.categories} == {
        "charts": (3, 3),
        "maps": (5, 8),
    }
    assert read.categories == ["charts", "maps"]
    again, other = made(bench, 5)[1], made(bench, 5, seed=1)[1]
    assert again.prompt_keys == read.prompt_keys
    assert set(other.prompt_keys) != set(read.prompt_keys)


def test_what_else_is_in_the_workspace_changes_no_draw(bench: Bench) -> None:
    categories(bench, {"maps": 8})
    before = made(bench, 5)[1]
    categories(bench, {"charts": 4})
    after = made(bench, 5)[1]
    assert set(before.prompt_keys) <= set(after.prompt_keys)


def test_a_category_of_too_few_is_said(bench: Bench) -> None:
    categories(bench, {"maps": 2})
    bench.write()
    ran = curate("bench", "make", "--per-category", "5", "-C", bench.root)
    assert ran.code == 0
    assert "maps has 2 of 5 prompts" in ran.err
    assert '[[decontaminate]]\n    name = "bench"\n    path = "bench"' in ran.out


def test_reasons_of_people_stand_beside_their_answers(bench: Bench) -> None:
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    [event] = bench.events
    answers = [
        answer.model_copy(update={"rationales": {"correctness": f"It is {number}."}})
        for number, answer in enumerate(event.answers)
    ]
    bench.events[0] = event.model_copy(update={"answers": tuple(answers)})
    made(bench)
    [line] = lines(bench)
    assert (line["chosen_reason"], line["rejected_reason"]) == ("It is 0.", "It is 1.")


def shown(bench: Bench, count: int = 1) -> list[Medium]:
    store = MediaStore(bench.root / "media")
    store.folder.mkdir(parents=True, exist_ok=True)
    return [store.put_picture(png(scene(n)), path=f"source/{n}.png") for n in range(count)]


def test_pictures_are_copied_and_the_file_is_pulled_back_as_the_same_prompts(
    bench: Bench, tmp_path: Path
) -> None:
    bench.prompt("How many cups?", "Three.", "Two.", media=shown(bench))
    bench.vote("How many cups?", tiers=[["Three."], ["Two."]])
    bench.sums("Which is it?", {"This.": 12, "That.": 3})
    found, _ = made(bench)
    other = pulled_back(found, tmp_path / "other")
    assert set(other.frame("prompts")["prompt_id"]) == {
        prompt.prompt_id for prompt in bench.prompts.values()
    }
    assert found.missing_media == 0
    assert len(other.frame("rankings")) == 2


def test_a_picture_between_words_is_pulled_back_between_them(bench: Bench, tmp_path: Path) -> None:
    [one, two] = shown(bench, 2)
    parts = (
        Part(type="media", media_index=0),
        Part(type="text", text="This\n"),
        Part(type="media", media_index=1),
        Part(type="text", text="\nor that?"),
    )
    messages = (Message(role="user", parts=parts),)
    prompt_id = prompt_id_of(messages, [one, two])
    bench.prompts["q"] = Prompt(
        prompt_id=prompt_id, messages=messages, media=(one, two), source="test"
    )
    bench.answer("q", "A.")
    bench.answer("q", "B.")
    bench.vote("q", tiers=[["A."], ["B."]])
    found, _ = made(bench)
    assert list(pulled_back(found, tmp_path / "other").frame("prompts")["prompt_id"]) == [prompt_id]


def test_what_the_layout_cannot_say_is_left_out(bench: Bench) -> None:
    bench.sums("Clear?", {"Yes.": 12, "No.": 3})
    bench.prompt("See <image>?", "A.", "B.", media=shown(bench))
    bench.vote("See <image>?", tiers=[["A."], ["B."]])
    bench.sums("Text with <image> alone?", {"Yes.": 12, "No.": 3})
    bench.sums("?!", {"Yes.": 12, "No.": 3})
    found, _ = made(bench)
    assert (found.prompts, found.left_out) == (2, {"mark_in_text": 1, "no_words": 1})


def test_a_hostile_category_names_no_folder_outside(bench: Bench) -> None:
    question = "How many cups?"
    bench.prompt(question, "Three.", "Two.", media=shown(bench))
    bench.vote(question, tiers=[["Three."], ["Two."]])
    hostile = {"category": "../../\x1b[31mred"}
    bench.prompts[question] = bench.prompts[question].model_copy(update={"attributes": hostile})
    bench.write()
    ran = curate("bench", "make", "--per-category", "1", "-C", bench.root)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    [line] = lines(bench)
    assert (bench.root / "bench" / line["image"]).is_file()
    assert ".." not in line["image"]


def test_named_in_decontaminate_no_build_has_its_prompts(bench: Bench) -> None:
    """Not even a question of two words, which texts alone would never be enough for."""
    categories(bench, {"maps": 4})
    bench.sums("Why?", {"Yes.": 12, "No.": 3})
    made(bench, 2)
    drawn = {line["id"] for line in lines(bench)}
    report = bench.build('decontaminate=[{name = "bench", path = "bench"}]')
    kept = {row["prompt_id"] for row in rows(report, "pairs")}
    assert len(drawn) == 3
    assert kept == {prompt.prompt_id for prompt in bench.prompts.values()} - drawn


def test_drawn_again_under_decontaminate_it_is_the_same_and_says_so(bench: Bench) -> None:
    categories(bench, {"maps": 4})
    before = made(bench, 2)[1].prompt_keys
    named = Workspace.open(bench.root, ['decontaminate=[{name = "bench", path = "bench"}]'])
    found = make(named, 2, None, 0)
    assert found.named
    assert read_benchmark(str(found.path)).prompt_keys == before


def test_a_folder_of_others_is_not_replaced(bench: Bench) -> None:
    categories(bench, {"maps": 4})
    (bench.root / "bench").mkdir(parents=True)
    (bench.root / "bench" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match=r"thesis\.txt"):
        made(bench)
