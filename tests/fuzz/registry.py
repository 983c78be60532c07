"""Every target by name: a function of bytes that returns where a parser kept its promises.

What it raises is a finding. A new one is a function in a file of `targets/`, its seeds in the file
of the same name in `seeds/`, and its name here. Nothing is imported before it is called, so that a
process of the fuzzer has in it what its own target needs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module

Target = Callable[[bytes], None]

NAMES: Mapping[str, Sequence[str]] = {
    "containers": ("jsonl", "json", "csv", "gz", "parquet"),
    "layouts": ("layouts", "generic", "recognised"),
    "benches": ("bench_rows", "bench_scores"),
    "media": ("picture", "video", "data_uri", "web", "address", "path", "frames", "shards"),
    "journals": ("events", "sealed", "samples", "batches", "recorded"),
    "workspace": (
        *("money", "manifests", "embeddings", "arrays", "spec", "location"),
        *("bundle_names", "bundle_tables", "signatures"),
    ),
    "settings": ("config", "override", "bundle_config", "predicate", "query"),
    "replies": (
        *("judge_reply", "judge_object", "expansion", "check", "quotation"),
        *("gemini_result", "chat_completion", "server_error"),
    ),
    "labelling": ("vote", "submission", "review", "page_text"),
    "evaluation": ("lmms_results", "safety_answers"),
    "texts": ("terminal", "card", "scripts", "tokens", "detectors", "additions", "words"),
}
"""The targets in each file of `targets/`."""


def seeds(name: str) -> Iterator[bytes]:
    """What a target begins with, made anew each time."""
    module = import_module(f"tests.fuzz.seeds.{HOMES[name]}")
    yield from module.SEEDS[name]()


def _target(name: str, home: str) -> Target:
    def run(data: bytes) -> None:
        import_module(f"tests.fuzz.targets.{home}").TARGETS[name](data)

    return run


HOMES: Mapping[str, str] = {name: home for home, names in NAMES.items() for name in names}

TARGETS: Mapping[str, Target] = {name: _target(name, home) for name, home in HOMES.items()}
