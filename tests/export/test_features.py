import json

import pyarrow as pa
import pytest
from datasets import Features, Image, List, Value, Video

from export.features import MEDIA, with_features
from export.turns import BLOCK_MESSAGES

TEXT = Value("string")


def test_metadata_is_what_datasets_itself_would_write() -> None:
    columns = {
        "images": MEDIA,
        "videos": MEDIA,
        "prompt": BLOCK_MESSAGES,
        "scores": pa.struct([("helpfulness", pa.float64())]),
        "n": pa.int64(),
        "flag": pa.bool_(),
        "models": pa.list_(pa.string()),
    }
    blocks = List({"role": TEXT, "content": List({"type": TEXT, "text": TEXT})})
    features = Features(
        {
            "images": List(Image()),
            "videos": List(Video(decode=False)),
            "prompt": blocks,
            "scores": {"helpfulness": Value("float64")},
            "n": Value("int64"),
            "flag": Value("bool"),
            "models": List(TEXT),
        }
    )
    ours = with_features(pa.schema(list(columns.items())))
    assert ours.equals(features.arrow_schema)
    assert ours.metadata == features.arrow_schema.metadata


def test_a_struct_of_bytes_under_another_name_is_no_picture() -> None:
    schema = with_features(pa.schema([("blobs", MEDIA)]))
    features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
    assert features["blobs"]["feature"]["bytes"] == {"dtype": "binary", "_type": "Value"}


def test_a_type_that_no_format_writes_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(KeyError):
        with_features(pa.schema([("when", pa.date32())]))
