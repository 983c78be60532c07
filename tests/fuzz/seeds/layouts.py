"""Rows of every layout as values."""

from collections.abc import Callable, Iterator, Mapping

from tests.fuzz.seeds.rows import layout_rows, native_row
from tests.fuzz.values import bytes_of
from tests.fuzz.words import LAYOUTS, WORDS
from tests.support import layout_examples

Seeds = Iterator[bytes]


def _layouts() -> Seeds:
    for name, rows in layout_rows().items():
        start = bytes([LAYOUTS.index(name), 0])
        yield start + bytes_of(rows, WORDS["layouts"])
        yield from (start + bytes_of([row], WORDS["layouts"]) for row in rows)
    bench = layout_examples.bench().contents
    files = {name.removesuffix(".jsonl"): list(rows) for name, rows in bench.items()}
    yield bytes([LAYOUTS.index("llava-bench"), 0]) + bytes_of(files, WORDS["layouts"])


def _generic() -> Seeds:
    words = WORDS["layouts"]
    for rows in layout_rows().values():
        yield b"\0" + bytes_of(None) + bytes_of(rows, words)
    maps = (
        {"prompt": "prompt", "response": "chosen+rejected", "image": "image"},
        {"messages": "context", "responses": "response1+response2", "attributes.x": "domain"},
        {"prompt": "context.text", "attributes": "metadata", "key": "id", "video": "video"},
    )
    for given in maps:
        yield (
            b"\0" + bytes_of(given, words) + bytes_of([native_row(), *layout_rows()["trl"]], words)
        )


def _recognised() -> Seeds:
    yield from (bytes_of(rows, WORDS["layouts"]) for rows in layout_rows().values())


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "layouts": _layouts,
    "generic": _generic,
    "recognised": _recognised,
}
