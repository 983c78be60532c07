import pytest

from curate.show import behind
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.errors import UsageError
from schemas.event import Failure
from tests.support.cli import curate
from tests.support.workspaces import Bench, rows

ESCAPE = "\x1b[31m[red]\u202ecod\x07"


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A question with three answers, votes of every kind, a pair, a tie and dropped pairs."""
    bench = Bench(tmp_path_factory.mktemp("told") / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3, "Four.": 3})
    bench.vote(
        "How many cups?",
        "human:ben",
        tiers=[["Three."], ["Two.", "Four."]],
        final=True,
        flags=("unclear",),
        rationale="Counted them.",
    )
    bench.vote("How many cups?", "judge:j", failure=Failure(reason="blocked", detail="safety"))
    bench.config = '[[filter]]\nname = "long"\nlevel = "candidate"\ndrop_when = "characters > 99"\n'
    bench.build()
    return bench


@pytest.fixture
def told(told_once: Bench, bench: Bench) -> Bench:
    """A copy of it, to change."""
    return bench.copy_of(told_once)


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("prompt", "select prompt_id from prompts"),
        ("candidate", "select candidate_id from candidates"),
        ("pair", "select pair_id from pairs"),
        ("tie", "select pair_id from ties"),
        ("event", "select event_id from events"),
        ("pair", "select id from dropped where level = 'pair'"),
    ],
)
def test_every_kind_of_id_leads_to_its_prompt(kind: str, query: str, told: Bench) -> None:
    for (identifier,) in curate("sql", query, "-C", told.root, "--json").json["rows"]:
        found = behind(Workspace.open(told.root), identifier)
        assert (found["kind"], found["id"]) == (kind, identifier)
        assert found["prompt"]["prompt_id"] == told.prompts["How many cups?"].prompt_id


def test_all_that_is_behind_a_pair_is_there(told: Bench) -> None:
    workspace = Workspace.open(told.root)
    pair = workspace.frame("pairs").iloc[0]
    found = behind(workspace, pair["pair_id"][:8])
    assert len(found["candidates"]) == 3
    assert {row["rater"]["id"] for row in found["events"]} == {"anna", "ben", "j"}
    assert {row["metric"] for row in found["ratings"]} >= {"helpfulness", "correctness"}
    assert [row["rater"] for row in found["rankings"]] == ["ben"]
    assert [row["reason"] for row in found["failures"]] == ["blocked"]
    assert [row["pair_id"] for row in found["pairs"]] == [pair["pair_id"]]
    assert len(found["ties"]) == 1
    assert {row["reason"] for row in found["dropped"]} == {"not_drawn"}
    assert found["build"]["settings"]["pairs"]["min_margin"] == 2


def test_who_was_to_rate_a_prompt_is_said_once_it_is_routed(told: Bench) -> None:
    prompt_id = told.prompts["How many cups?"].prompt_id
    assert "Route:" not in curate("show", prompt_id, "-C", told.root).out
    curate("route", "-C", told.root)
    assert (
        "Route: both, 1 person, by overlap, 3 answers."
        in curate("show", prompt_id, "-C", told.root).out
    )


def test_people_read_the_question_the_answers_the_votes_and_the_settings(told: Bench) -> None:
    pair_id = Workspace.open(told.root).frame("pairs")["pair_id"].iloc[0]
    ran = curate("show", pair_id, "-C", told.root)
    assert ran.code == 0
    for part in (
        f"pair {pair_id}",
        "user: How many cups?",
        "Three.",
        "helpfulness",
        "Counted them.",
        "blocked",
        "unclear",
        "not_drawn",
        "policy mllm-dpo, min_margin 2",
        "weights: helpfulness 1",
        "filter:long drops a candidate when characters > 99",
    ):
        assert part in ran.out, part
    assert f"{pair_id[:12]} <" in ran.out


def test_two_votes_of_one_rater_are_both_shown(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    for sample, high in enumerate((4, 2)):
        bench.vote("How many?", "judge:j", {"Three.": high, "Two.": 1}, sample=sample)
    bench.build()
    prompt_id = bench.prompts["How many?"].prompt_id
    shown = curate("show", prompt_id, "-C", bench.root).out
    votes = {line.split()[0] for line in shown.splitlines() if " helpfulness " in line}
    assert {event.event_id[:8] for event in bench.events} <= votes


def test_before_the_first_build_the_votes_are_shown(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.write()
    ran = curate("show", bench.prompts["How many?"].prompt_id, "-C", bench.root)
    assert ran.code == 0
    assert "anna" in ran.out
    assert "No build yet." in ran.out


def test_a_vote_whose_prompt_no_pull_has_is_shown(built: Bench) -> None:
    built.prompt("Elsewhere?", "Yes.", "No.")
    lost = built.vote("Elsewhere?", "human:anna", {"Yes.": 4, "No.": 0})
    del built.prompts["Elsewhere?"]
    built.candidates = {key: it for key, it in built.candidates.items() if key[0] != "Elsewhere?"}
    built.write()
    ran = curate("show", lost.event_id, "-C", built.root)
    assert ran.code == 0
    assert f"prompt {lost.prompt_id}, which no pull has" in ran.out


def test_a_dropped_answer_is_found(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, " Three.": 12, "Two.": 3})
    report = bench.build()
    (dropped,) = [row for row in rows(report, "dropped") if row["reason"] == "duplicate"]
    ran = curate("show", dropped["id"], "-C", bench.root)
    assert ran.code == 0
    assert "duplicate" in ran.out


@pytest.mark.parametrize("given", ["abc", "xyzxyz", "", "0123-4", "../../etc"])
def test_what_is_no_id_is_refused(given: str, built: Bench) -> None:
    with pytest.raises(
        UsageError,
        match=r"is neither an id nor .*; give 6 to 32 hex",
    ):
        behind(Workspace.open(built.root), given)


def test_an_unknown_id_is_refused(built: Bench) -> None:
    with pytest.raises(
        UsageError,
        match=r"'0{6}' is neither an id nor .*; curate sql finds ids",
    ):
        behind(Workspace.open(built.root), "000000")


def test_before_the_first_build_the_way_to_pairs_is_named(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.write()
    with pytest.raises(UsageError, match=r"no build yet, and pairs are made by one: curate build"):
        behind(Workspace.open(bench.root), "0" * 32)


def test_an_id_that_stands_for_two_things_names_them(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    start = bench.prompts["How many?"].prompt_id[:8]
    bench.vote("How many?", "human:anna", {"Three.": 4}, event_id=start + content_id("x")[8:])
    bench.write()
    with pytest.raises(UsageError, match=r"stands for 2 things: event .*, prompt .*; give more"):
        behind(Workspace.open(bench.root), start)


def test_an_answer_never_steers_the_terminal(bench: Bench) -> None:
    bench.prompt(f"Which? {ESCAPE}", ESCAPE, "Two.")
    bench.vote(f"Which? {ESCAPE}", f"human:{ESCAPE}", {ESCAPE: 4, "Two.": 0}, rationale=ESCAPE)
    bench.build()
    for given in ([], ["--json"]):
        prompt_id = bench.prompts[f"Which? {ESCAPE}"].prompt_id
        shown = curate("show", prompt_id, "-C", bench.root, *given).out
        assert "[red]" in shown
        assert not set("\x1b\x07\u202e") & set(shown)
