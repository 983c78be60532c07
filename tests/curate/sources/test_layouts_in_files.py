"""The known layouts out of real containers: Arrow fills absent keys with null, CSV knows texts."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.sources.record import SourceRecord
from curate.sources.registry import KNOWN, open_source
from tests.support.layout_examples import CANDIDATE, EXAMPLES, HELPSTEER2, PAIR, bench
from tests.support.source_input import in_memory, scores_of
from tests.support.sources import lines_file

FORMS = [(name, row) for name, rows in EXAMPLES.items() for row in rows]
IDS = [f"{name}-{number}" for number, (name, _) in enumerate(FORMS)]


def read(path: Path, name: str) -> SourceRecord:
    opened = open_source(str(path))
    assert opened.layout == name
    [record] = opened.records
    assert isinstance(record, SourceRecord)
    return replace(record, file="data.jsonl")


@pytest.mark.parametrize(("name", "row"), FORMS, ids=IDS)
def test_parquet_gives_the_same_record(name: str, row: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pq.write_table(pa.Table.from_pylist([row]), path)
    [wanted] = KNOWN[name]().read(in_memory(row))
    assert read(path, name) == wanted


@pytest.mark.parametrize("row", [PAIR, CANDIDATE, HELPSTEER2], ids=["pair", "candidate", "rated"])
def test_csv_gives_the_same_answers_and_scores(row: dict[str, Any], tmp_path: Path) -> None:
    [name] = [layout for layout, rows in EXAMPLES.items() if row in rows]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    path = tmp_path / "data.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    [wanted] = KNOWN[name]().read(in_memory(row))
    assert isinstance(wanted, SourceRecord)
    found = read(path, name)
    assert found.responses == wanted.responses
    assert scores_of(found) == scores_of(wanted)


def test_bench_folder_is_opened_whole(tmp_path: Path) -> None:
    for file, rows in bench().contents.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        lines_file(tmp_path, rows, file)
    for limit in (None, 1):
        opened = open_source(str(tmp_path), limit=limit)
        assert opened.layout == "llava-bench"
        assert [
            len(record.responses) for record in opened.records if isinstance(record, SourceRecord)
        ] == [2, 2]
