"""Manifests are read back as they were written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base import Record
from schemas.manifest import BuildManifest, PullManifest
from tests.support.strategies import records


@pytest.mark.parametrize("model", [PullManifest, BuildManifest])
@settings(max_examples=25)
@given(data=st.data())
def test_a_manifest_survives_json(model: type[Record], data: st.DataObject) -> None:
    manifest = data.draw(records(model))
    assert model.model_validate_json(manifest.model_dump_json()) == manifest
