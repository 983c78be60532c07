"""Settings that hold and that do not, conditions and queries."""

from collections.abc import Callable, Iterator, Mapping

from curate.bundle.config import config_of
from curate.settings import parse
from curate.template import config_text
from schemas.rubric import PRESETS

Seeds = Iterator[bytes]


def _configs() -> Seeds:
    yield from (config_text(preset).encode() for preset in PRESETS)
    yield config_of(parse("", "curate.toml")).encode()
    yield b'[[rubric.metric]]\nname="a"\nquestion="?"\nlevels={"0"="x"}\n[score]\nweights={a=1.5}\n'
    yield b'[pairs]\nveto=[{metric="ethics",min=3}]\ncap={longer=0.5}\n[[filter]]\nname="x"\n'
    yield b'[[judge.price]]\nmodel="m"\ninput=1\noutput=2e3\nvalid_until=2026-01-01\n'
    yield b"[split]\ntest=2\n[rubric]\nranking=true"
    yield b"[export]\nk=0x" + b"f" * 4000


def _overrides() -> Seeds:
    for one in (
        "split.test=0.1",
        "pairs.policy=adjacent\nscore.weights.x=1",
        "a.b.c=[1",
        "judge=",
        "=",
    ):
        yield one.encode()


def _conditions() -> Seeds:
    for one in (
        *("n > 1", "text like '%x%' -- a comment", "true) union select 'c' from t where (true"),
        *("n in (select n from t)", "random() > 0.5", "share between 0 and 1 and text is not null"),
        *("case when n = 1 then true end", "1", "current_date > '2020-01-01'", "(((n = 1)))"),
        *("regexp_matches(text, '(a+)+b')", "list_contains([1, 2], n)", "true; drop table t"),
    ):
        yield one.encode()


def _queries() -> Seeds:
    for one in (
        "select 1",
        "with x as (select 1) select * from x",
        "copy t to 'x'",
        "select 1; select 2",
    ):
        yield one.encode()


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "config": _configs,
    "override": _overrides,
    "bundle_config": _configs,
    "predicate": _conditions,
    "query": _queries,
}
