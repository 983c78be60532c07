"""curate.toml: an empty file is whole, and a wrong value is named with its place."""

import tomllib
from contextlib import nullcontext
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.config import Config, config_schema


def _read(text: str) -> Config:
    return Config.model_validate(tomllib.loads(text))


def test_an_empty_file_is_a_whole_config() -> None:
    config = _read("")
    assert config.rubric.preset == "five-metric"
    assert (config.route.default, config.route.overlap_share) == ("judge", 0.05)
    assert (config.judge.mode, config.judge.orders) == ("listwise", 2)
    assert (config.split.validation, config.split.test) == (0, 0.05)
    assert (config.pairs.on_conflict, config.score.prefer) == ("drop", "human")
    assert config.dedupe.response_jaccard is None


def test_every_section_of_the_design_is_read() -> None:
    config = _read("""
        rubric.preset = "mm-rlhf"
        score.weights = { ethics = 2 }
        pairs = { policy = "adjacent", min_margin = 1.5, veto = [{ metric = "ethics", min = 3 }] }
        split = { test = 0.1, group_by = "prompt" }
        [[route.rule]]
        when = "attributes['kind'] = 'safety'"
        to = "human"
        raters = 2
        [[filter]]
        name = "short"
        level = "candidate"
        drop_when = "length(response) < 3"
        [[judge.price]]
        model = "m"
        input = 0.1
        output = 0.4
        valid_until = 2027-01-01
        """)
    assert config.route.rule[0].raters == 2
    assert config.filter[0].level == "candidate"
    assert config.judge.price[0].valid_until.year == 2027
    assert config.pairs.veto is not None
    assert config.pairs.veto[0].min == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("pairs.min_margins = 1", "pairs.min_margins"),
        ("pair.min_margin = 1", "pair"),
        ('pairs.policy = "best"', "pairs.policy"),
        ("pairs.min_margin = -1", "pairs.min_margin"),
        ("pairs.min_margin = nan", "pairs.min_margin"),
        ("split.test = 1.5", "split.test"),
        ("export.threshold = nan", "export.threshold"),
        ("export.threshold = inf", "export.threshold"),
        ('export.languages = ["en", "en"]', "export.languages"),
        ("pairs.cap.longer = 0.4", "pairs.cap.longer"),
        ("dedupe.image_hamming = 65", "dedupe.image_hamming"),
        ("score.weights.helpfulness = -1", "score.weights.helpfulness"),
        ('judge.concurrency = "many"', "judge.concurrency"),
        ('filter = [{ name = "a b", level = "pair", drop_when = "true" }]', "filter.0.name"),
        ('filter = [{ name = "a", level = "pair", drop_when = "" }]', "filter.0.drop_when"),
    ],
)
def test_a_wrong_setting_is_named_by_its_place(text: str, place: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _read(text)
    assert [".".join(map(str, error["loc"])) for error in caught.value.errors()] == [place]


def test_a_filters_name_is_there_once() -> None:
    rule = {"name": "short", "level": "pair", "drop_when": "true"}
    with pytest.raises(ValidationError, match="short"):
        Config.model_validate({"filter": [rule, rule]})
    assert len(Config.model_validate({"filter": [rule, {**rule, "name": "long"}]}).filter) == 2


def test_a_benchmarks_name_is_there_once() -> None:
    first, second = ({"name": name, "path": "rows.parquet"} for name in ("a", "b"))
    assert len(Config.model_validate({"decontaminate": [first, second]}).decontaminate) == 2
    with pytest.raises(ValidationError, match="two benchmarks"):
        Config.model_validate({"decontaminate": [first, first]})


def test_tokens_are_limited_only_where_something_counts_them() -> None:
    with pytest.raises(ValidationError, match="tokenizer"):
        _read("pairs.max_tokens = 100")
    assert _read('pairs = { max_tokens = 100, tokenizer = "folder" }').pairs.max_tokens == 100


@pytest.mark.parametrize("probe", ["refusal", "refusal.chosen", "refusal.chosen.more"])
def test_all_parts_of_a_probe_share_its_limit(probe: str) -> None:
    assert _read("limits.refusal = 0.7").limits.of(probe) == 0.7


def test_a_draw_needs_a_type_with_weight_where_any_is_named() -> None:
    assert _read("").select.ratio == {}
    assert _read("select.ratio = { mcq = 0, long = 1 }").select.ratio == {"mcq": 0, "long": 1}
    with pytest.raises(ValidationError, match="every task type has weight 0"):
        _read("select.ratio = { mcq = 0, long = 0 }")


def test_people_are_asked_for_what_prefers_an_answer() -> None:
    for ask in ("ranking", "metrics"):
        assert _read(f'label_studio.ask = ["{ask}", "reasons"]').label_studio.ask[0] == ask
    with pytest.raises(ValidationError, match="ask for ranking or for metrics"):
        _read('label_studio.ask = ["reasons"]')


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (("a", "a"), "the same name"),
        (("2", ""), "the same name"),
        (("", "1"), "the same name"),
        (("overlap", ""), "cannot be named 'overlap'"),
        (("", ""), None),
        (("", "3"), None),
        (("0", ""), None),
        (("a", "b"), None),
    ],
)
def test_a_rule_is_known_by_its_name_or_its_number(
    names: tuple[str, ...], problem: str | None
) -> None:
    rules = [{"when": "true", "to": "human"} | ({"name": it} if it else {}) for it in names]
    told = nullcontext() if problem is None else pytest.raises(ValidationError, match=problem)
    with told:
        assert len(Config.model_validate({"route": {"rule": rules}}).route.rule) == 2


def test_no_setting_holds_a_secret() -> None:
    counts = {"tokenizer", "max_tokens"}
    names = set(_properties(config_schema())) - counts
    assert not [name for name in names if "key" in name or "token" in name]


def test_the_published_schema_is_closed() -> None:
    schema = config_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in schema["$defs"].values())


def _properties(schema: dict[str, Any]) -> list[str]:
    parts = [schema, *schema["$defs"].values()]
    return [name for part in parts for name in part["properties"]]


@pytest.mark.parametrize("code", ["English", "EN", "e", "en\n", "en-US", ""])
def test_a_language_is_a_code_of_iso_639(code: str) -> None:
    with pytest.raises(ValidationError):
        Config.model_validate({"export": {"languages": [code]}})
    assert _read('export.languages = ["en", "yue"]').export.languages == ("en", "yue")


def test_what_the_card_says_of_a_set_is_bounded() -> None:
    for name, most in (("title", 100), ("description", 2000)):
        assert getattr(Config.model_validate({"export": {name: "x" * most}}).export, name)
        with pytest.raises(ValidationError, match=f"at most {most} characters"):
            Config.model_validate({"export": {name: "x" * (most + 1)}})
