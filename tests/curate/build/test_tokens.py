"""Token counts of both sides in a build, and the pairs that are too long for max_tokens."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from curate.build import BuildReport
from curate.diffing import diff
from curate.media.store import MediaStore
from curate.settings import parse
from curate.tokens.conversation import Conversation, Size
from curate.tokens.counting import tokens_of
from curate.tokens.reader import load_reader
from curate.workspace import Workspace
from schemas.candidate import Medium
from schemas.errors import ConfigError
from tests.support import tiny_tokenizers as tiny
from tests.support.cli import curate
from tests.support.pictures import picture_bytes
from tests.support.workspaces import Bench, five, only, outcome, rows

NAMED = "pairs.tokenizer=words"


class Words:
    """A tokenizer of words; a picture takes one token for every 100 pixels beside its place."""

    def __init__(self, *, sees_pictures: bool = True) -> None:
        self.sees_pictures = sees_pictures
        self.read: list[str] = []

    def rendered(self, conversations: Sequence[Conversation]) -> list[str | None]:
        return [self._text(it) for it in conversations]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        self.read += texts
        return [len(text.split()) for text in texts]

    def picture_tokens(self, shown: Sequence[tuple[Size, ...]]) -> list[int | None]:
        found = [[height * width // 100 for height, width in sizes] for sizes in shown]
        return [None if 0 in sizes else sum(sizes) for sizes in found]

    def _text(self, one: Conversation) -> str | None:
        parts = [part for turn in one.turns for part in turn.parts]
        if "refuse" in parts:
            return None
        return " ".join(part if isinstance(part, str) else "<image>" for part in parts)


@pytest.fixture
def words(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Words:
    """The tokenizer that the folder `words` of the workspace holds."""
    folder = bench.root / "words"
    folder.mkdir()
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    reader = Words()
    monkeypatch.setattr("curate.build.load_reader", lambda _folder, _name: reader)
    return reader


def ask(
    bench: Bench, question: str, good: str, bad: str, media: Sequence[Medium] = (), **scores: Any
) -> None:
    """A prompt whose first answer is the better one, or as good where `tie` is given."""
    bench.prompt(question, good, bad, media=media)
    bench.vote(question, scores={good: five(9), bad: five(9 if scores.get("tie") else 3)})


def counted(report: BuildReport, table: str = "pairs") -> set[tuple[str, Any, Any]]:
    return {
        (row["chosen"], row["chosen_tokens"], row["rejected_tokens"]) for row in rows(report, table)
    }


def too_long(report: BuildReport) -> list[str]:
    """What is said of each pair that was too long."""
    found = [row for row in rows(report, "dropped") if row["reason"] == "over_length"]
    assert {(row["step"], row["level"]) for row in found} <= {("pair", "pair")}
    return sorted(row["detail"].rpartition(": ")[2] for row in found)


@pytest.mark.usefixtures("words")
def test_both_sides_hold_the_prompt_its_pictures_and_the_answer(
    bench: Bench, store: MediaStore
) -> None:
    picture = store.put_picture(picture_bytes(size=(40, 30)))
    ask(bench, "one two three", "a b", "c", [picture])
    report = bench.build(NAMED)
    assert counted(report) == {("a b", 1 + 3 + 2 + 12, 1 + 3 + 1 + 12)}
    assert report.manifest.tokens == {"counted": 1, "uncounted": 0, "longest": 18}
    assert not [it for it in report.manifest.warnings if "tokenizer" in it]


@pytest.mark.usefixtures("words")
def test_frames_are_so_many_pictures(bench: Bench, store: MediaStore) -> None:
    frames = store.put_frames([picture_bytes(size=(10, 10), colour=it) for it in range(5)])
    ask(bench, "what", "a", "b c", [frames])
    assert counted(bench.build(NAMED)) == {("a", 5 + 1 + 1 + 5, 5 + 1 + 2 + 5)}


@pytest.mark.usefixtures("words")
def test_ties_are_counted_too(bench: Bench) -> None:
    ask(bench, "what", "same", "quite the same", tie=True)
    (row,) = rows(bench.build(NAMED), "ties")
    assert sorted((row["chosen_tokens"], row["rejected_tokens"])) == [2, 4]


def test_an_answer_of_several_pairs_is_read_once(bench: Bench, words: Words) -> None:
    bench.sums("what", {"a": 9, "b": 6, "c": 3, "d": 0})
    report = bench.build(NAMED, "pairs.policy=all-ranked", "pairs.min_margin=1")
    assert len(rows(report, "pairs")) == 6
    assert sorted(words.read) == ["what a", "what b", "what c", "what d"]


@pytest.mark.usefixtures("words")
def test_a_pair_leaves_where_either_side_is_too_long(bench: Bench) -> None:
    ask(bench, "q1", "a", "b")
    ask(bench, "q2", "a b c d", "b")
    ask(bench, "q3", "a", "b c d e f")
    ask(bench, "q4", "a b c", "b c d")
    report = bench.build(NAMED, "pairs.max_tokens=4")
    assert outcome(report) == {("a", "b"), ("a b c", "b c d")}
    assert too_long(report) == ["2 and 6 tokens", "5 and 2 tokens"]
    assert report.manifest.dropped["pair"]["over_length"] == 2
    assert report.manifest.steps["pair"]["pair"] == {"in": 4, "kept": 2, "dropped": 2}
    assert report.manifest.tokens["longest"] == 4


@pytest.mark.usefixtures("words")
def test_what_is_too_long_takes_no_place_under_a_cap(bench: Bench) -> None:
    for number in range(8):
        ask(bench, f"q{number}", "a b c d e" if number % 2 else "a", "b")
    report = bench.build(NAMED, "pairs.max_tokens=4", "pairs.cap.source=3", "pairs.cap.longer=0.9")
    assert report.manifest.dropped["pair"] == {"over_cap": 1, "over_length": 4}
    assert {float(row["prompt_weight"]) for row in rows(report, "pairs")} == {1.0}


@pytest.mark.usefixtures("words")
def test_prompt_weight_is_of_the_pairs_that_fit(bench: Bench) -> None:
    bench.sums("what", {"a": 9, "b": 6, "c d e f g": 3})
    report = bench.build(
        NAMED, "pairs.max_tokens=3", "pairs.policy=all-ranked", "pairs.min_margin=1"
    )
    assert only(report)["prompt_weight"] == 1.0
    assert report.manifest.dropped["pair"]["over_length"] == 2


@pytest.mark.usefixtures("words")
def test_what_cannot_be_counted_stays_and_is_said(bench: Bench, store: MediaStore) -> None:
    sha = "a" * 64
    video = Medium(kind="video", sha256=sha, file=f"{sha}.mp4", width=64, height=48)
    ask(bench, "moves", "a", "b", [video])
    ask(bench, "lost", "c", "d", [Medium(kind="image", path="gone.png")])
    ask(bench, "tiny", "e", "f", [store.put_picture(picture_bytes(size=(2, 2)))])
    ask(bench, "odd", "refuse", "g")
    report = bench.build(NAMED, "pairs.max_tokens=1", "split.group_by=prompt")
    assert counted(report) == {
        ("a", None, None),
        ("c", None, None),
        ("e", None, None),
    }
    assert too_long(report) == ["? and 2 tokens"]
    start = "[pairs] tokenizer: "
    said = [it for it in report.manifest.warnings if it.startswith(start)]
    two, one = "2 answers have no token count, as", "1 answer has no token count, as"
    assert [it.removeprefix(start) for it in said] == [
        f"{two} the size of a picture is not known; max_tokens keeps them",
        f"{two} the processor takes no such pictures; max_tokens keeps them",
        f"{one} the chat template refuses the conversation; max_tokens keeps it",
        f"{two} the prompt shows a video file; max_tokens keeps them",
    ]
    assert report.manifest.tokens == {"counted": 0, "uncounted": 3, "longest": 0}


@pytest.mark.usefixtures("words")
def test_a_side_without_a_count_is_a_question_mark_beside_one_that_is_too_long(
    bench: Bench,
) -> None:
    ask(bench, "odd", "a", "refuse")
    assert too_long(bench.build(NAMED, "pairs.max_tokens=1")) == ["2 and ? tokens"]


def test_a_tokenizer_that_is_no_processor_says_that_pictures_are_left_out(
    bench: Bench, store: MediaStore, words: Words
) -> None:
    words.sees_pictures = False
    ask(bench, "what", "a", "b c", [store.put_picture(picture_bytes())])
    ask(bench, "else", "d", "e")
    report = bench.build(NAMED)
    (said,) = (it for it in report.manifest.warnings if "tokenizer" in it)
    assert "no processor, so the pictures of 2 answers' prompts are counted as no tokens" in said
    assert report.manifest.tokens["counted"] == 2


def test_without_a_tokenizer_nothing_is_loaded_and_columns_are_null(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.build.load_reader", lambda *_: pytest.fail("loaded"))
    ask(bench, "what", "a", "b")
    report = bench.build()
    assert counted(report) == {("a", None, None)}
    assert report.manifest.tokens == {}
    assert not [it for it in report.manifest.warnings if "token" in it]


@pytest.mark.usefixtures("words")
def test_another_limit_and_another_tokenizer_are_other_builds(bench: Bench) -> None:
    ask(bench, "what", "a b c", "b")
    first = bench.build(NAMED)
    assert bench.build(NAMED).unchanged
    second = bench.build(NAMED, "pairs.max_tokens=3")
    (bench.root / "words" / "tokenizer.json").write_text("{ }", "utf-8")
    third = bench.build(NAMED)
    assert len({it.manifest.build_id for it in (first, second, third)}) == 3
    found = diff(Workspace.open(bench.root), first.manifest.build_id, second.manifest.build_id)
    assert [(it.change, it.step, it.reason, it.setting) for it in found.changes] == [
        ("lost", "pair", "over_length", "pairs.max_tokens")
    ]


def test_a_limit_without_a_tokenizer_is_refused() -> None:
    with pytest.raises(ConfigError, match="max_tokens needs a tokenizer: name one"):
        parse("[pairs]\nmax_tokens = 100\n", "curate.toml")


@pytest.fixture
def tokenizer(bench: Bench) -> Path:
    tiny.needed()
    return tiny.saved(tiny.idefics(), bench.root / "idefics")


@pytest.mark.usefixtures("tokenizer")
def test_the_same_inputs_give_the_same_bytes(
    bench: Bench, store: MediaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        picture = store.put_picture(picture_bytes(size=(8 + 9 * number, 70), colour=number))
        ask(bench, f"How many {number}?", "Three cups. " * number + "a", "None", [picture] * 2)
    first = bench.build("pairs.tokenizer=idefics")
    before = (first.folder / "pairs.parquet").read_bytes()
    monkeypatch.setattr("curate.tokens.counting.ROWS", 3)
    second = bench.build("pairs.tokenizer=idefics", force=True)
    assert (second.folder / "pairs.parquet").read_bytes() == before
    assert len({row["chosen_tokens"] for row in rows(second, "pairs")}) > 4


def test_a_build_holds_what_the_processor_counts(
    bench: Bench, store: MediaStore, tokenizer: Path
) -> None:
    from curate.tokens.conversation import Turn

    ask(
        bench, "How many?", "Three.", "Two or so", [store.put_picture(picture_bytes(size=(90, 60)))]
    )
    (row,) = rows(bench.build("pairs.tokenizer=idefics"), "pairs")
    reader = load_reader(tokenizer, "idefics")
    sides = [
        Conversation((Turn("user", ((60, 90), "How many?")), Turn("assistant", (answer,))))
        for answer in ("Three.", "Two or so")
    ]
    expected = [tokens for tokens, _ in tokens_of(reader, sides)]
    assert [row["chosen_tokens"], row["rejected_tokens"]] == expected


@pytest.mark.usefixtures("tokenizer")
def test_the_command_says_what_left(bench: Bench) -> None:
    ask(bench, "How many cups?", "Three. " * 40, "Two.")
    bench.write()
    options = ("--set", "pairs.tokenizer=idefics", "--set", "pairs.max_tokens=50")
    ran = curate("build", "-C", bench.root, *options)
    assert ran.code == 0, ran
    assert "over_length" in ran.out
    assert "transformers" not in ran.err
    ran = curate("build", "-C", bench.root, *options, "--json")
    assert ran.json["dropped"]["pair"] == {"over_length": 1}


def test_a_folder_that_holds_no_tokenizer_stops_the_build_before_it_begins(bench: Bench) -> None:
    tiny.needed()
    (bench.root / "empty").mkdir()
    ask(bench, "what", "a", "b")
    with pytest.raises(ConfigError, match="'empty'"):
        bench.build("pairs.tokenizer=empty")
    assert not list((bench.root / "builds").glob("*/manifest.json"))
