from curate.report.funnel import Exported
from curate.report.headline import next_steps, tiles
from schemas.length import LengthReport, LengthShare
from schemas.manifest import BuildManifest
from schemas.trust import Trust
from tests.support.workspaces import Bench

EXPORTED = [Exported("trl", 1, [])]


def made(bench: Bench, **changes: object) -> BuildManifest:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    found = bench.build("split.test=0").manifest
    return found.model_copy(update={"length": LengthReport(), "trust": None, **changes})


def trust(verdict: str, **more: object) -> Trust:
    about = {"judged_pairs": 7, "drawn": 0, "prompts": 0, "pairs": 0, "decided": 0}
    return Trust.model_validate({"verdict": verdict, **about, **more})


def test_the_tiles_go_from_prompts_to_splits(bench: Bench) -> None:
    told = [("prompts", 1), ("answers", 2), ("pairs", 1), ("ties", 0), ("pairs in train", 1)]
    assert tiles(made(bench)) == told


def test_a_build_with_nothing_to_do_says_nothing(bench: Bench) -> None:
    assert next_steps(made(bench), None, EXPORTED) == []


def test_a_build_that_is_not_exported_says_how(bench: Bench) -> None:
    assert next_steps(made(bench), None, []) == [
        "The build is not exported yet: curate export --format trl."
    ]


def test_an_unproven_judge_comes_first_and_says_what_more_votes_it_takes(bench: Bench) -> None:
    found = made(bench, trust=trust("unproven", more_prompts=120))
    first, second = next_steps(found, None, EXPORTED)
    assert first.startswith("7 pairs are by judges alone and not in exports")
    assert "120 more prompts" in second


def test_a_judge_that_nobody_checked_asks_for_peoples_votes(bench: Bench) -> None:
    (said,) = next_steps(made(bench, trust=trust("unchecked")), None, EXPORTED)
    assert "curate label push" in said


def test_a_build_that_prefers_length_says_so_unless_it_is_acted_on(bench: Bench) -> None:
    share = LengthShare(
        pairs=10,
        longer=8,
        equal=0,
        longer_wins=0.8,
        weighted=None,
        chosen_characters=2.0,
        rejected_characters=1.0,
    )
    found = made(bench, length=LengthReport(overall=share))
    (said,) = next_steps(found, None, EXPORTED)
    assert "80.0 %" in said
    pairs = {**found.settings["pairs"], "length_weights": True}
    acted = found.model_copy(update={"settings": {**found.settings, "pairs": pairs}})
    assert next_steps(acted, None, EXPORTED) == []


def test_without_pairs_only_that_is_said(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    (said,) = next_steps(bench.build().manifest, None, [])
    assert "curate status" in said
