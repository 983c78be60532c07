"""A record survives Arrow and Parquet, and a table's columns are its model's fields."""

from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import TABLES, arrow_type, from_batches, table_schema, to_table
from schemas.candidate import Candidate
from tests.support.strategies import records

NAMES = sorted(TABLES)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(data=st.data())
def test_rows_survive_parquet(name: str, data: st.DataObject) -> None:
    model = TABLES[name]
    rows = data.draw(st.lists(records(model), max_size=3))
    table = to_table(rows, model)
    assert table.schema == table_schema(name)
    file = BytesIO()
    pq.write_table(table, file)
    file.seek(0)
    assert list(from_batches(pq.ParquetFile(file).iter_batches(), model)) == rows


@pytest.mark.parametrize("name", NAMES)
def test_a_table_without_rows_keeps_its_columns(name: str) -> None:
    table = to_table([], TABLES[name])
    assert table.num_rows == 0
    assert table.column_names == list(TABLES[name].model_fields)


@pytest.mark.parametrize(
    ("name", "nullable"),
    [
        ("candidates", {"source_key"}),
        ("rankings", {"verdict"}),
        ("scores", set()),
        ("dropped", {"id", "source", "line", "detail", "other_id", "score"}),
    ],
)
def test_only_optional_fields_may_be_null(name: str, nullable: set[str]) -> None:
    assert {field.name for field in table_schema(name) if field.nullable} == nullable


def test_scores_are_decimals_with_six_places() -> None:
    assert table_schema("scores").field("value").type == pa.decimal128(18, 6)
    assert table_schema("pairs").field("margin_raw").type == pa.decimal128(18, 6)


def test_event_times_are_utc_microseconds() -> None:
    assert table_schema("events").field("at").type == pa.timestamp("us", tz="UTC")


def test_an_unknown_table_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="paris"):
        table_schema("paris")


def test_batches_of_another_model_are_refused() -> None:
    batch = pa.RecordBatch.from_pylist([{"prompt_id": "0" * 32}])
    with pytest.raises(ValueError, match="candidate_id"):
        list(from_batches([batch], Candidate))


def test_a_record_in_a_record_is_never_null_unless_it_may_be() -> None:
    kind, nullable = arrow_type(Candidate)
    assert pa.types.is_struct(kind)
    assert (nullable, arrow_type(Candidate | None)) == (False, (kind, True))
