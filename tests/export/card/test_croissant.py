"""Croissant metadata that mlcroissant takes, and reads the rows by."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from export.card.facts import Source
from export.card.folder import configs_of
from export.card.writing import write
from schemas.pair import PreferencePair
from tests.support import hostile
from tests.support.cards import facts, staged, texts_only
from tests.support.pairs import pair, picture

# Raised by mlcroissant's own use of rdflib.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def described(
    folder: Path, rows: Sequence[PreferencePair] | None = None, form: str = "trl", **values: Any
) -> Any:
    """mlcroissant's own reading; it raises where the metadata do not hold."""
    import mlcroissant

    staging = staged(folder, rows, form=form)
    write(facts(**values), staging)
    found = mlcroissant.Dataset(jsonld=str(staging / "croissant.json"))
    assert not found.metadata.ctx.issues.errors
    return found


@pytest.mark.parametrize("form", ["trl", "parquet"])
def test_mlcroissant_reads_the_rows_and_their_pictures(tmp_path: Path, form: str) -> None:
    rows = [pair(media=[picture(tmp_path / "media", 1)])]
    (row,) = described(tmp_path, rows, form).records("default")
    assert row["default/file_split"] == b"train"
    assert row["default/pair_id"] == rows[0].pair_id.encode()
    assert [it.size for it in row["default/images"]] == [(16, 16)]


def test_messages_have_roles_and_texts(tmp_path: Path) -> None:
    first, _ = described(tmp_path, texts_only()).records("default")
    (turn,) = first["default/prompt"]
    assert turn == {
        "default/prompt/role": b"user",
        "default/prompt/content": b"How many cups?",
    }


def test_every_file_is_listed_with_its_bytes(tmp_path: Path) -> None:
    described(tmp_path)
    found = json.loads((tmp_path / "staging" / "croissant.json").read_text())
    listed = {it["@id"]: it["sha256"] for it in found["distribution"] if "sha256" in it}
    files = [file for split in configs_of(tmp_path / "staging")[0].splits for file in split.files]
    assert listed == {file.path: file.sha256 for file in files}


def test_the_licence_is_there_where_it_is_known(tmp_path: Path) -> None:
    described(tmp_path)
    found = json.loads((tmp_path / "staging" / "croissant.json").read_text())
    assert found["license"] == "apache-2.0"
    described(tmp_path / "none", sources=[Source("survey", None, None, 1, 1, 1)])
    assert "license" not in json.loads((tmp_path / "none/staging/croissant.json").read_text())


def test_no_name_breaks_it(tmp_path: Path) -> None:
    texts = hostile.texts()
    scores = {text: "1" for text in texts if "\x00" not in text}
    row = pair(chosen_scores=scores, rejected_scores=scores)
    found = described(tmp_path, [row], "parquet", title=texts[0])
    (record_set,) = found.metadata.record_sets
    (field,) = [it for it in record_set.fields if it.name == "chosen_scores"]
    assert len({it.id for it in field.sub_fields}) == len(scores)
