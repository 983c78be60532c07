"""selected.parquet: the right prompts of each task type, the same bytes each time."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.locks import held
from curate.selecting.stage import LOCK, Order, clear, select
from schemas.arrow import from_batches, table_schema
from schemas.errors import ConfigError, WorkspaceError
from schemas.select import DrawName, Selected
from tests.support.selecting import (
    attributed,
    blobs,
    chosen,
    counts,
    quiet,
    rows,
    saved,
    taken,
    typed,
    workspace_of,
)
from tests.support.workspaces import Bench, write_pull

PAPER = {"long": 4.0, "short": 5.0, "mcq": 1.0}


def test_a_row_is_a_selected_prompt_and_rows_go_by_id(bench: Bench) -> None:
    typed(bench, short=30, long=10)
    report = chosen(bench, 12)
    file = pq.ParquetFile(bench.root / "selected.parquet")
    assert file.schema_arrow == table_schema("selected")
    found = list(from_batches(file.iter_batches(), Selected))
    assert len(found) == report.selected == 12
    assert [row.prompt_id for row in found] == sorted(row.prompt_id for row in found)
    assert {row.draw for row in found} == {"clusters"}
    for kind in ("short", "long"):
        places = sorted(row.place for row in found if row.task_type == kind)
        assert places == list(range(1, len(places) + 1))


def test_task_types_come_by_the_papers_ratio(bench: Bench) -> None:
    typed(bench, long=20, short=60, mcq=20, safety=10, video=10)
    report = chosen(bench, 60, ratio=PAPER)
    assert counts(report) == {
        "long": (20, 20, 20),
        "mcq": (20, 5, 5),
        "safety": (10, 5, 5),
        "short": (60, 25, 25),
        "video": (10, 5, 5),
    }
    assert Counter(row["task_type"] for row in rows(bench.root))["short"] == 25


def test_a_type_that_has_too_few_is_short_and_nothing_is_filled_in(bench: Bench) -> None:
    typed(bench, long=3, short=50)
    report = chosen(bench, 20, ratio={"long": 1.0, "short": 1.0})
    assert counts(report) == {"long": (3, 10, 3), "short": (50, 10, 10)}
    assert "long: 10 wanted, 3 there; nothing was filled in for the rest" in report.warnings()


def test_more_than_there_are_takes_all_and_says_so(bench: Bench) -> None:
    typed(bench, short=4)
    report = chosen(bench, 10)
    assert (report.selected, counts(report)["short"]) == (4, (4, 10, 4))


def test_prompts_nobody_answered_can_be_selected(bench: Bench) -> None:
    typed(bench, unknown=10)
    report = chosen(bench, 4, ratio=PAPER | {"unknown": 1.0})
    assert counts(report)["unknown"] == (10, 0, 0)
    assert any("nobody knows whether they are long or short" in it for it in report.warnings())
    assert chosen(bench, 4).selected == 4


@pytest.mark.parametrize("draw", ["clusters", "diversity", "disagreement", "uniform"])
def test_selecting_again_gives_the_same_bytes(bench: Bench, draw: str) -> None:
    typed(bench, short=40, mcq=10)
    bench.answer("short 1", "No.")
    chosen(bench, 15, draw=draw)
    first = (bench.root / "selected.parquet").read_bytes()
    chosen(bench, 15, draw=draw)
    assert (bench.root / "selected.parquet").read_bytes() == first


@pytest.mark.parametrize("draw", ["clusters", "diversity", "disagreement", "uniform"])
def test_the_order_of_rows_and_pulls_does_not_matter(bench: Bench, draw: DrawName) -> None:
    typed(bench, short=30)
    chosen(bench, 9, draw=draw)
    first = (bench.root / "selected.parquet").read_bytes()
    workspace = workspace_of(bench)
    prompts = list(bench.prompts.values())
    for name, part in (
        *(("test-0", prompts[20:]), ("test-1", prompts[10:][::-1]), ("test-2", prompts[:12])),
    ):
        ids = {prompt.prompt_id for prompt in part}
        answers = [it for it in bench.candidates.values() if it.prompt_id in ids]
        write_pull(workspace, name, part, answers)
    select(workspace, Order(9, draw=draw), quiet)
    assert (bench.root / "selected.parquet").read_bytes() == first


def test_another_seed_takes_others(bench: Bench) -> None:
    typed(bench, short=60)
    chosen(bench, 10, draw="uniform")
    first = set(taken(bench))
    chosen(bench, 10, draw="uniform", seed=1)
    assert set(taken(bench)) != first


def test_clusters_give_equally_many(bench: Bench, tmp_path: Path) -> None:
    typed(bench, short=90)
    vectors, owners = blobs(90, 3, 8)
    uneven = [vectors[0 if place < 60 else place].tolist() for place in range(90)]
    groups = [owners[0] if place < 60 else owner for place, owner in enumerate(owners)]
    spec = saved(tmp_path / "v.npz", bench, uneven)
    report = chosen(bench, 12, clusters=3, embeddings=spec)
    assert report.clusters == 3
    by_text = dict(zip(bench.prompts, groups, strict=True))
    assert Counter(by_text[text] for text in taken(bench)) == {0: 4, 1: 4, 2: 4}
    by_cluster = {row["cluster"]: row["probability"] for row in taken(bench).values()}
    assert sorted(by_cluster.values()) == [Decimal("0.057142"), Decimal("0.4"), Decimal("0.4")]


def test_the_first_places_are_spread_over_the_clusters_too(bench: Bench, tmp_path: Path) -> None:
    typed(bench, short=30)
    vectors, _ = blobs(30, 3, 8)
    chosen(bench, 12, clusters=3, embeddings=saved(tmp_path / "v.npz", bench, vectors.tolist()))
    first = [row["cluster"] for row in taken(bench).values() if row["place"] <= 3]
    assert sorted(first) == [0, 1, 2]


def test_a_prompt_without_an_embedding_has_its_share_by_chance(
    bench: Bench, tmp_path: Path
) -> None:
    typed(bench, short=40)
    vectors, _ = blobs(30, 3, 8)
    spec = saved(tmp_path / "v.npz", bench, vectors.tolist())
    report = chosen(bench, 12, clusters=3, embeddings=spec)
    assert report.without_embedding == {"missing": 10}
    assert report.by_basis() == {"chance": 3, "cluster": 9}
    assert {row["cluster"] for row in taken(bench).values() if row["basis"] == "chance"} == {None}
    assert any("10 prompts without an embedding" in it for it in report.warnings())


def test_diversity_takes_one_of_each_kind_first(bench: Bench, tmp_path: Path) -> None:
    typed(bench, short=50)
    vectors, owners = blobs(50, 5, 8)
    spec = saved(tmp_path / "v.npz", bench, vectors.tolist())
    chosen(bench, 5, draw="diversity", embeddings=spec)
    by_text = dict(zip(bench.prompts, owners, strict=True))
    assert {by_text[text] for text in taken(bench)} == set(range(5))
    scores = [row["score"] for row in sorted(taken(bench).values(), key=lambda row: row["place"])]
    assert scores[0] is None
    assert scores[1:] == sorted(scores[1:], reverse=True)


def test_a_huge_diversity_draw_looks_at_fewer_and_says_so(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.selecting.strata.MOST_PRODUCTS", 8 * 5 * 20)
    typed(bench, short=50)
    vectors, _ = blobs(50, 5, 8)
    spec = saved(tmp_path / "v.npz", bench, vectors.tolist())
    report = chosen(bench, 5, draw="diversity", embeddings=spec)
    assert any("farthest first among 20 of 50 prompts" in it for it in report.warnings())
    assert report.selected == 5


def test_only_prompts_for_which_the_predicate_holds_are_looked_at(bench: Bench) -> None:
    typed(bench, short=20)
    report = chosen(bench, 5, where="question like '% 1_'")
    assert report.prompts == 10
    assert all(text.startswith("short 1") for text in taken(bench))
    with pytest.raises(ConfigError, match="--where"):
        chosen(bench, 5, where="colour = 1")


def test_what_a_source_says_of_a_prompt_goes_before_the_rules(bench: Bench) -> None:
    typed(bench, short=2)
    attributed(bench, "short 0", category="Multiple choice")
    assert set(counts(chosen(bench, 2))) == {"mcq", "short"}


def test_a_dry_run_writes_nothing(bench: Bench) -> None:
    typed(bench, short=5)
    report = chosen(bench, 3, dry_run=True)
    assert (report.path, report.selected) == (None, 3)
    assert not list(bench.root.glob("*select*"))
    assert not list(bench.root.glob(".select*"))


def test_an_empty_workspace_gives_an_empty_selection(bench: Bench) -> None:
    report = chosen(bench, 3)
    assert (report.selected, report.prompts, rows(bench.root)) == (0, 0, [])


def test_a_selection_is_cleared_once(bench: Bench) -> None:
    typed(bench, short=5)
    chosen(bench, 3)
    assert clear(workspace_of(bench))
    assert not clear(workspace_of(bench))
    assert not (bench.root / "selected.parquet").exists()


def test_two_selections_at_once_are_refused(bench: Bench) -> None:
    typed(bench, short=5)
    bench.write()
    with held(bench.root / LOCK, "a selection"), pytest.raises(WorkspaceError, match="already"):
        chosen(bench, 3)
