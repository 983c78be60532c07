"""Rules see what is known of a prompt, in the sandbox, and the first that holds decides."""

from decimal import Decimal

import pytest

from curate.routing.rules import check
from schemas.config_routing import RouteRule
from schemas.errors import ConfigError
from schemas.event import Failure
from tests.support.examples import picture
from tests.support.routing import NO_OVERLAP, judged, routed, rule, targets
from tests.support.workspaces import Bench, five

COLUMNS = (
    "prompt_id, messages, media, reference, source, source_key, attributes, n_turns, n_media, "
    "n_images, question, characters, n_answers, scores, margin, least_margin, spread, n_readings, "
    "failures, n_human_votes"
)


@pytest.fixture
def two(bench: Bench) -> Bench:
    """Two prompts: `easy` (12 over 3, in both orders) and `hard` (6 over 5, then 5 over 6)."""
    bench.config = NO_OVERLAP
    judged(bench, "easy", {"a": 12, "b": 3}, {"a": 12, "b": 3})
    judged(bench, "hard", {"c": 6, "d": 5}, {"c": 5, "d": 6})
    return bench


def taken(bench: Bench, when: str) -> set[str]:
    """The prompts for which a predicate holds."""
    bench.config += rule(when, "human")
    routed(bench)
    return {text for text, (_, name) in targets(bench).items() if name == "1"}


@pytest.mark.parametrize(
    ("when", "held"),
    [
        ("true", {"easy", "hard"}),
        ("false", set()),
        ("null", set()),
        ("margin = 9 and least_margin = 9 and spread = 0", {"easy"}),
        ("margin = 0 and least_margin = -1 and spread = 2", {"hard"}),
        ("n_readings = 2 and n_answers = 2", {"easy", "hard"}),
        ("scores['helpfulness'] = 2.5", {"easy"}),
        ("scores['helpfulness'] < 2.5", {"hard"}),
        ("scores['verbosity'] = 0", {"easy", "hard"}),
        ("scores['nonsense'] > 0", set()),
        ("question = 'hard' and characters = 4 and n_turns = 1", {"hard"}),
        ("n_images = 0 and n_media = 0 and n_human_votes = 0", {"easy", "hard"}),
        ("failures = []", {"easy", "hard"}),
        ("source = 'test' and attributes['task'] is null", {"easy", "hard"}),
        ("prompt_id in (select prompt_id from candidates where response = 'c')", {"hard"}),
        ("margin < (select avg(margin) from prompt_rows)", {"hard"}),
    ],
)
def test_a_rule_sees(two: Bench, when: str, held: set[str]) -> None:
    assert taken(two, when) == held


def test_the_first_rule_that_holds_decides(two: Bench) -> None:
    two.config += rule("margin < 3", "human", raters=3, name="hard")
    two.config += rule("margin < 20", "both") + rule("true", "none")
    two.prompt("unseen", "e", "f")
    routed(two)
    assert targets(two) == {
        "easy": ("both", "2"),
        "hard": ("human", "hard"),
        "unseen": ("none", "3"),
    }


def test_where_no_rule_holds_the_default_decides(two: Bench) -> None:
    two.config += rule("margin > 100", "human")
    routed(two)
    assert set(targets(two).values()) == {("judge", "default")}


def test_a_prompt_that_no_judge_scored_has_no_margin(two: Bench) -> None:
    two.prompt("unseen", "e", "f")
    two.vote("unseen", "human:anna", {"e": five(3), "f": five(9)})
    assert taken(two, "margin is null and n_readings = 0 and n_human_votes = 1") == {"unseen"}


def test_scores_by_another_rubric_are_not_compared(two: Bench) -> None:
    two.prompt("other", "e", "f")
    two.vote("other", "judge:j", {"e": five(3), "f": five(9)}, rubric_id="helpfulness:0:9")
    assert taken(two, "margin is null") == {"other"}


def test_a_superseded_judgement_is_none(two: Bench) -> None:
    last = two.events[-1]
    two.vote("hard", "judge:j", {"c": five(12), "d": five(5)}, supersedes=last.event_id, order_no=1)
    assert taken(two, "margin = 4 and spread = 6") == {"hard"}


def test_a_judge_that_scores_one_answer_at_a_time_gives_one_reading(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    bench.prompt("q", "a", "b", "c")
    for answer, total in {"a": 12, "b": 8, "c": 3}.items():
        bench.vote("q", "judge:j", {answer: five(total)})
    assert taken(bench, "margin = 4 and n_readings = 1 and spread = 0") == {"q"}


def test_a_judge_that_compares_two_at_a_time_is_read_by_the_best_two(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    bench.prompt("q", "a", "b", "c")
    for pair in ({"a": 12, "b": 8}, {"a": 9, "c": 8}, {"b": 10, "c": 3}):
        bench.vote("q", "judge:j", {answer: five(total) for answer, total in pair.items()})
    assert taken(bench, "margin = 4 and n_readings = 1") == {"q"}


def test_judges_of_a_jury_speak_with_equal_voices(bench: Bench) -> None:
    """One that was asked three times counts no more than one that was asked once."""
    bench.config = NO_OVERLAP
    judged(bench, "q", {"a": 12, "b": 6}, {"a": 12, "b": 6}, {"a": 12, "b": 6})
    bench.vote("q", "judge:k", {"a": five(6), "b": five(8)})
    assert taken(bench, "margin = 2 and spread = 8 and n_readings = 4") == {"q"}


def test_an_answer_without_a_weighted_score_is_not_compared(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:j", {"a": five(6), "b": {"helpfulness": 4.0}})
    assert taken(bench, "margin is null and scores['helpfulness'] = 3") == {"q"}


def test_failures_are_listed_by_reason_until_the_same_request_comes(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    for text, request in {"fails": "0" * 32, "mends": "1" * 32}.items():
        bench.prompt(text, "a", "b")
        bench.vote(text, "judge:j", failure=Failure(reason="timeout"), request_hash=request)
        bench.vote(text, "judge:k", failure=Failure(reason="unparsable"))
    bench.vote("mends", "judge:j", {"a": five(3), "b": five(6)}, request_hash="1" * 32)
    assert taken(bench, "failures = ['timeout', 'unparsable']") == {"fails"}


def test_pictures_are_counted(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    bench.prompt("seen", "a", "b", media=(picture(), picture("c" * 64)))
    assert taken(bench, "n_images = 2 and n_media = 2") == {"seen"}


@pytest.mark.parametrize("number", [1, 2])
def test_a_rule_that_does_not_hold_names_itself_and_the_columns(bench: Bench, number: int) -> None:
    bench.prompt("q", "a", "b")
    bench.config = rule("true", "human") * (number - 1) + rule("lenght > 5", "human")
    with pytest.raises(ConfigError) as error:
        routed(bench)
    assert f"[[route.rule]] {number}: when = 'lenght > 5'" in error.value.message
    assert "\n" not in error.value.message
    assert error.value.fix == f"columns of a prompt: {COLUMNS}"
    assert not (bench.root / "routes.parquet").exists()


def test_a_named_rule_is_called_by_its_name(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.config = rule("nope", "human", name="hard")
    with pytest.raises(ConfigError, match=r"\[\[route.rule\]\] hard: when = 'nope'"):
        routed(bench)


def test_a_rule_that_fails_on_a_row_is_a_config_error_and_the_last_routes_stay(two: Bench) -> None:
    routed(two)
    before = (two.root / "routes.parquet").read_bytes()
    two.config += rule("case when question = 'hard' then question::int > 3 end", "human")
    with pytest.raises(ConfigError, match="Could not convert string"):
        routed(two)
    assert (two.root / "routes.parquet").read_bytes() == before


ESCAPES = [
    "",
    " ",
    "-- nothing",
    "true) union select prompt_id from prompts where (true",
    "true) order by 1 limit (1",
    "true) group by prompt_id having (true",
    "true) qualify (true",
    "true) using sample 1 --",
    "1; drop table prompts",
    "true); copy prompts to '/tmp/out'; select (true",
    "exists (select * from read_csv('/etc/passwd'))",
    "exists (select * from '/etc/passwd')",
    "exists (select * from read_text('/proc/self/environ'))",
    "exists (select * from glob('/etc/*'))",
    "exists (from query('copy prompts to ''/tmp/out'''))",
    "getenv('HOME') != ''",
    "exists (select * from read_json('https://example.org/x.json'))",
    "attach '/tmp/x.duckdb'",
    "install httpfs",
    "set enable_external_access = true",
    "exists (select * from decisions)",
    "exists (select * from routes)",
    "true /*",
    "?",
    "$1 = 1",
    "$refresh",
    "count(*) > 1",
    "'word'",
    "(" * 3000 + "true" + ")" * 3000,
    "error('mine')",
]


@pytest.mark.parametrize("predicate", ESCAPES, ids=lambda text: text[:30])
def test_a_rule_that_tries_to_escape_reads_nothing(predicate: str) -> None:
    with pytest.raises(ConfigError, match="mine") as error:
        check([RouteRule.model_construct(name="mine", when=predicate, to="human", raters=1)])
    assert "\n" not in error.value.message


@pytest.mark.parametrize(
    "predicate",
    [
        "random() < 0.5",
        "RANDOM() < 0.5",
        "uuid() > 'a'",
        "now() > timestamptz '2026-01-01'",
        "current_date > date '2026-01-01'",
        "current_timestamp is null",
        "today() > date '2026-01-01'",
        "prompt_id in (select prompt_id from prompts using sample 10%)",
        "exists (select random() as r from prompts)",
        "list_transform([1], lambda x: x + random())[1] > 0.5",
    ],
)
def test_a_rule_that_depends_on_time_or_chance_is_refused(predicate: str) -> None:
    with pytest.raises(ConfigError, match="differs from run to run"):
        check([RouteRule(when=predicate, to="human")])


@pytest.mark.parametrize(
    "predicate", ["true -- and a comment", "hash(prompt_id) % 10 = 0", "'$$)' = ''", "'now()' = ''"]
)
def test_brackets_strings_and_comments_stay_inside_the_rule(predicate: str) -> None:
    check([RouteRule(when=predicate, to="human")])


def test_margins_are_decimals_and_equal_on_the_boundary(bench: Bench) -> None:
    """0.1 + 0.2 is 0.3 here, whatever order the sums are taken in."""
    weights = "{helpfulness = 0.1, correctness = 0.2, coherence = 0}"
    bench.config = NO_OVERLAP + f"[score]\nweights = {weights}\n"
    bench.prompt("q", "a", "b")
    ones = dict.fromkeys(("helpfulness", "correctness"), 1.0)
    zeros = dict.fromkeys(("helpfulness", "correctness"), 0.0)
    bench.vote("q", "judge:j", {"a": ones, "b": zeros})
    assert taken(bench, f"margin = {Decimal('0.3')}") == {"q"}
