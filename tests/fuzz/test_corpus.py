"""Every target takes its corpus, its seeds and some hundreds of changes of them."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.fuzz.findings import Watched, findings_in, note_end
from tests.fuzz.keeping import (
    CORPUS,
    LONGEST,
    MOST,
    MOST_FILES,
    Step,
    inputs_in,
    keep,
    steps,
    worth_keeping,
)
from tests.fuzz.laws import holds
from tests.fuzz.mutation import mutations
from tests.fuzz.registry import HOMES, NAMES, TARGETS, seeds

CHANGES = 100
COSTLY = {"predicate": 20, "arrays": 30, "embeddings": 30, "tokens": 40, "parquet": 40}
"""Targets that take milliseconds an input: a database or an engine stands behind them."""


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_promises(name: str) -> None:
    known = [*inputs_in(CORPUS / name), *seeds(name)]
    target = TARGETS[name]
    for data in (b"", *known, *mutations(known, COSTLY.get(name, CHANGES), seed=7)):
        target(data)


@pytest.mark.parametrize("home", NAMES)
def test_every_target_of_a_file_is_listed_and_has_seeds(home: str) -> None:
    assert set(import_module(f"tests.fuzz.targets.{home}").TARGETS) == set(NAMES[home])
    assert set(import_module(f"tests.fuzz.seeds.{home}").SEEDS) == set(NAMES[home])
    assert all(list(seeds(name)) for name in NAMES[home])


def test_every_target_has_a_small_corpus() -> None:
    assert len(HOMES) == sum(map(len, NAMES.values()))
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    for name in TARGETS:
        sizes = [path.stat().st_size for path in (CORPUS / name).iterdir()]
        assert 0 < len(sizes) <= MOST_FILES
        assert max(sizes) <= LONGEST
        assert sum(sizes) <= MOST


def test_changes_are_the_same_ones_each_time() -> None:
    first, second = (list(mutations([b"abc", b"0123456789"], 50, seed=3)) for _ in range(2))
    assert first == second
    assert len(set(first)) > 40
    assert list(mutations([], 50, seed=3)) == []


def test_a_corpus_keeps_what_reaches_more_and_nothing_else(tmp_path: Path) -> None:
    target = TARGETS["data_uri"]
    inputs = [b"\x09,a", b"\x09,b", b"\x09;base64,QQ==", b"\x09;base64,!", b"\x00,aaaa"]

    kept = worth_keeping(target, inputs)

    assert sum(data in kept for data in inputs[:2]) == 1
    reached = [set[Step]().union(*(steps(target, one) for one in some)) for some in (kept, inputs)]
    assert reached[0] == reached[1]
    keep(tmp_path, [b"gone"])
    keep(tmp_path, kept)
    assert inputs_in(tmp_path) == sorted(kept, key=lambda data: (len(data), data))


def test_a_finding_is_written_once_a_place_and_fuzzing_goes_on(tmp_path: Path) -> None:
    def target(data: bytes) -> None:
        holds(data != b"wrong", data)
        int(data)

    watched = Watched(target, tmp_path)
    for data in (b"1", b"wrong", b"wrong", b"x", b"y"):
        watched(data)

    found = {finding.path.read_bytes(): finding.about for finding in findings_in(tmp_path)}
    assert set(found) == {b"wrong", b"x"}
    assert found[b"wrong"].startswith("AssertionError at tests/fuzz/test_corpus.py:")
    assert found[b"x"].startswith("ValueError at tests/fuzz/test_corpus.py:")


def test_an_input_that_ended_a_process_is_told_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "timeout-1").write_bytes(b"slow")
    note_end(tmp_path, "#1 NEW\n==7== ERROR: libFuzzer: timeout after 25 seconds\n")
    (tmp_path / "crash-2").write_bytes(b"bad")
    note_end(tmp_path, "terminate called\n  what():  size mismatch\n")

    assert [(one.path.name, one.about) for one in findings_in(tmp_path)] == [
        ("crash-2", "the process ended: terminate called what():  size mismatch"),
        (
            "timeout-1",
            "the process ended: ==7== ERROR: libFuzzer: timeout after 25 seconds",
        ),
    ]
