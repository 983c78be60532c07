"""DESIGN 5.8: prompts that share a picture go to the same split."""

from collections import Counter
from collections.abc import Iterable

import pytest

from schemas.candidate import Medium
from tests.support.workspaces import Bench, five, rows


def picture(name: str) -> Medium:
    """A picture whose bytes are this name."""
    digest = name.encode().hex().ljust(64, "0")
    return Medium(kind="image", sha256=digest, file=f"{digest}.png", path=f"{name}.png")


def paired(bench: Bench, text: str, media: Iterable[Medium] = ()) -> None:
    """A prompt with one pair."""
    bench.prompt(text, "a", "b", media=tuple(media))
    bench.vote(text, scores={"a": five(9), "b": five(6)})


def splits(bench: Bench, *settings: str) -> dict[str, str]:
    """question -> split of every paired prompt."""
    found = rows(bench.build(*settings), "pairs")
    return {row["messages"][0]["parts"][-1]["text"]: row["split"] for row in found}


def test_questions_on_one_picture_go_together(bench: Bench) -> None:
    for number in range(12):
        for question in range(3):
            paired(bench, f"{number}-{question}", [picture(f"p{number}")])
    found = splits(bench, "split.test=0.3", "split.validation=0.3")
    assert set(found.values()) == {"train", "validation", "test"}
    for number in range(12):
        assert len({found[f"{number}-{question}"] for question in range(3)}) == 1


def test_a_chain_of_shared_pictures_is_one_group(bench: Bench) -> None:
    """q0 has pictures 0 and 1, q1 has 1 and 2, and so on: all eleven are joined, and warned of."""
    for number in range(11):
        paired(bench, f"q{number}", [picture(f"p{number}"), picture(f"p{number + 1}")])
    for number in range(20):
        paired(bench, f"alone{number}", [picture(f"other{number}")])
    report = bench.build("split.test=0.5")
    found = splits(bench, "split.test=0.5")
    assert len({split for text, split in found.items() if text.startswith("q")}) == 1
    assert set(found.values()) == {"train", "test"}
    assert any("holds 11 of 31 paired prompts" in text for text in report.manifest.warnings)


def test_frames_and_missing_pictures_tie_prompts_too(bench: Bench) -> None:
    """A frame of one video is another prompt's picture; two prompts miss the same file."""
    frame = picture("frame")
    assert frame.sha256 is not None
    video = Medium(kind="frames", sha256="f" * 64, frames=(frame.sha256, "e" * 64))
    gone = Medium(kind="image", path="gone.png")
    for number in range(8):
        paired(bench, f"alone{number}")
    paired(bench, "video", [video])
    paired(bench, "still", [frame])
    paired(bench, "gone one", [gone])
    paired(bench, "gone two", [gone])
    for seed in range(4):
        found = splits(bench, "split.test=0.5", f"split.seed={seed}")
        assert found["video"] == found["still"]
        assert found["gone one"] == found["gone two"]


def test_a_component_is_the_smallest_prompt_of_the_group(bench: Bench) -> None:
    """Three questions on one picture, one of them without a pair, and one question alone."""
    shared = [picture("p")]
    for text in ("one", "two"):
        paired(bench, text, shared)
    bench.prompt("unpaired", "a", media=shared)
    paired(bench, "alone")
    bench.prompt("tied", "a", "b", media=shared)
    bench.vote("tied", tiers=[["a", "b"]])
    report = bench.build()
    ids = {text: prompt.prompt_id for text, prompt in bench.prompts.items()}
    group = min(prompt_id for text, prompt_id in ids.items() if text != "alone")
    wanted = {prompt_id: group for text, prompt_id in ids.items() if text != "alone"}
    wanted[ids["alone"]] = ids["alone"]
    assert {row["prompt_id"]: row["component"] for row in rows(report, "splits")} == wanted
    for table in ("pairs", "ties"):
        assert {row["prompt_id"]: row["component"] for row in rows(report, table)}.items() <= (
            wanted.items()
        )
    assert {row["component"] for row in rows(report, "ties")} == {group}


def test_by_prompt_each_prompt_is_a_component(bench: Bench) -> None:
    for text in ("one", "two"):
        paired(bench, text, [picture("p")])
    found = rows(bench.build("split.group_by=prompt"), "splits")
    assert [row["component"] for row in found] == [row["prompt_id"] for row in found]


def test_a_prompt_without_media_is_its_own_group(bench: Bench) -> None:
    for number in range(40):
        paired(bench, f"q{number}")
    counts = Counter(splits(bench, "split.test=0.25", "split.validation=0.25").values())
    assert counts == {"train": 20, "validation": 10, "test": 10}


@pytest.mark.parametrize(("test", "validation"), [(0.05, 0.0), (0.2, 0.1), (0.5, 0.5)])
def test_shares_come_near_what_was_asked(bench: Bench, test: float, validation: float) -> None:
    """Groups of one to four prompts: no share is off by more than the largest group."""
    total = 0
    for number in range(30):
        for question in range(1 + number % 4):
            paired(bench, f"{number}-{question}", [picture(f"p{number}")])
            total += 1
    counts = Counter(splits(bench, f"split.test={test}", f"split.validation={validation}").values())
    assert abs(counts["test"] - test * total) <= 4
    assert abs(counts["validation"] - validation * total) <= 4
    assert sum(counts.values()) == total


def test_without_shares_everything_is_train(bench: Bench) -> None:
    paired(bench, "q")
    assert splits(bench, "split.test=0") == {"q": "train"}


def test_the_seed_draws_another_split_and_the_same_one_again(bench: Bench) -> None:
    for number in range(30):
        paired(bench, f"q{number}")
    first = splits(bench, "split.test=0.5")
    assert splits(bench, "split.test=0.5") == first
    assert splits(bench, "split.test=0.5", "split.seed=1") != first


def test_group_by_prompt_lets_pictures_fall_on_both_sides(bench: Bench) -> None:
    for number in range(20):
        paired(bench, f"q{number}", [picture("same")])
    by_prompt = splits(bench, "split.test=0.5", "split.group_by=prompt")
    assert Counter(by_prompt.values()) == {"train": 10, "test": 10}
    assert len(set(splits(bench, "split.test=0.5").values())) == 1


def test_ties_are_split_with_their_prompts(bench: Bench) -> None:
    bench.prompt("q", "a", "b", "c", media=[picture("p")])
    bench.vote("q", tiers=[["a"], ["b", "c"]])
    for number in range(9):
        paired(bench, f"other{number}", [picture("p")] if number < 3 else [])
    report = bench.build("split.test=0.5", "pairs.policy=all-ranked")
    group = {row["split"] for row in (*rows(report, "pairs"), *rows(report, "ties"))
             if row["media"]}  # fmt: skip
    assert len(group) == 1


def test_the_largest_group_is_warned_of_above_5_percent(bench: Bench) -> None:
    """2 of 40 are 5 % and no warning, 3 of 40 are more."""
    for number in range(38):
        paired(bench, f"q{number}")
    for number in range(2):
        paired(bench, f"shared{number}", [picture("p")])
    assert bench.build().manifest.warnings == ()
    paired(bench, "shared2", [picture("p")])
    (warning,) = bench.build().manifest.warnings
    assert "holds 3 of 41 paired prompts" in warning
