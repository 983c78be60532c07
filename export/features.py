"""Schema metadata by which the `datasets` library knows pictures and videos in Parquet.

Written by hand, since importing `datasets` takes seconds (facts on it: `Features.arrow_schema`).
"""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

MEDIUM = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
MEDIA = pa.list_(MEDIUM)

# Undecoded: reading a decoded video needs torchcodec, and a row of it would fail without.
MEDIA_FEATURES: Mapping[str, Mapping[str, Any]] = {
    "images": {"_type": "Image"},
    "videos": {"decode": False, "_type": "Video"},
}

DTYPES = {
    pa.string(): "string",
    pa.int32(): "int32",
    pa.int64(): "int64",
    pa.float64(): "float64",
    pa.bool_(): "bool",
    pa.binary(): "binary",
}


def with_features(schema: pa.Schema) -> pa.Schema:
    """The schema with the metadata that `Features(...).arrow_schema` would carry.

    Columns named `images` and `videos` of the type MEDIA become pictures and videos.
    """
    features = {field.name: _feature(field) for field in schema}
    info = json.dumps({"info": {"features": features}})
    return schema.with_metadata({"huggingface": info})


def _feature(field: pa.Field) -> Any:
    if field.type == MEDIA and field.name in MEDIA_FEATURES:
        return {"feature": MEDIA_FEATURES[field.name], "_type": "List"}
    return _typed(field.type)


def _typed(kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return {"feature": _typed(kind.value_type), "_type": "List"}
    if pa.types.is_struct(kind):
        return {child.name: _typed(child.type) for child in kind.fields}
    return {"dtype": DTYPES[kind], "_type": "Value"}
