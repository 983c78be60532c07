"""Embeddings of a file or a column: what fits is taken, what does not is told or counted."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.selecting.embeddings import Spec, spec_of
from schemas.errors import ConfigError, SourceError
from tests.support.selecting import attributed, blobs, chosen, typed
from tests.support.workspaces import Bench


def ids(bench: Bench) -> list[str]:
    return [prompt.prompt_id for prompt in bench.prompts.values()]


def parquet(path: Path, **columns: Any) -> str:
    pq.write_table(pa.table(columns), path)
    return str(path)


@pytest.fixture
def asked(bench: Bench) -> Bench:
    typed(bench, short=12)
    return bench


@pytest.mark.parametrize("kind", [pa.list_(pa.float64()), pa.list_(pa.float32(), 4)])
def test_a_parquet_file_is_read_whatever_its_list_and_its_name(
    asked: Bench, tmp_path: Path, kind: pa.DataType
) -> None:
    vectors, _ = blobs(12, 3, 4)
    column = pa.array(vectors.astype(float).tolist(), kind)
    spec = parquet(tmp_path / "v.parquet", prompt_id=ids(asked), clip=column)
    report = chosen(asked, 6, clusters=3, embeddings=spec)
    assert (report.dimensions, report.without_embedding) == (4, {})


def test_rows_are_found_by_the_sources_key(asked: Bench, tmp_path: Path) -> None:
    for number, text in enumerate(list(asked.prompts)):
        asked.prompts[text] = asked.prompts[text].model_copy(update={"source_key": f"k{number}"})
    vectors, _ = blobs(12, 3, 4)
    keys = [f"k{number}" for number in range(12)]
    spec = parquet(tmp_path / "v.parquet", key=keys, embedding=vectors.astype(float).tolist())
    assert chosen(asked, 6, clusters=3, embeddings=spec).without_embedding == {}


def test_a_file_is_looked_for_from_the_workspace_on(asked: Bench) -> None:
    asked.root.mkdir(parents=True, exist_ok=True)
    parquet(asked.root / "v.parquet", prompt_id=ids(asked), embedding=[[1.0, 2.0]] * 12)
    assert chosen(asked, 6, embeddings="v.parquet").dimensions == 2


def test_what_cannot_be_used_is_counted_by_reason(asked: Bench, tmp_path: Path) -> None:
    vectors: list[list[float] | None] = [[1.0, 0.5, 0.25]] * 7
    vectors += [[1.0, 2.0], [1.0, float("nan"), 1.0], [0.0, 0.0, 0.0], None]
    spec = parquet(tmp_path / "v.parquet", prompt_id=ids(asked)[:11], embedding=vectors)
    report = chosen(asked, 12, embeddings=spec)
    assert report.without_embedding == {
        "missing": 1,
        "not_finite": 1,
        "not_numbers": 1,
        "wrong_length": 1,
        "zero": 1,
    }
    assert report.selected == 12


def test_a_column_holds_lists_of_numbers(asked: Bench) -> None:
    vectors, _ = blobs(12, 3, 4)
    for text, vector in zip(list(asked.prompts), vectors.tolist(), strict=True):
        attributed(asked, text, clip=json.dumps(vector))
    odd = ["no list", "[1, true, 2, 3]", '["1"]', "[1e400, 1, 1, 1]", "[" * 100_000]
    for text, bad in zip(list(asked.prompts), odd, strict=False):
        attributed(asked, text, clip=bad)
    report = chosen(asked, 6, clusters=3, embeddings="column:clip")
    assert report.without_embedding == {"not_finite": 1, "not_numbers": 4}


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"embedding": np.ones((2, 3))}, "no prompt_id and no key among embedding"),
        ({"prompt_id": np.array(["a"])}, "no array named embedding"),
        ({"prompt_id": np.array([1, 2]), "embedding": np.ones((2, 3))}, "prompt_id is int64"),
        ({"prompt_id": np.array(["a", "b"]), "embedding": np.ones(2)}, r"of shape \(2,\)"),
        ({"prompt_id": np.array(["a"]), "embedding": np.ones((2, 3))}, r"of shape \(2, 3\)"),
        ({"prompt_id": np.array(["a"]), "embedding": np.array([["x"]])}, "not numbers"),
        ({"prompt_id": np.array([b"\xff"]), "embedding": np.ones((1, 3))}, "can't decode"),
        ({"prompt_id": np.array([{}], object), "embedding": np.ones((1, 3))}, "allow_pickle"),
        ({"prompt_id": np.array(["a", "a"]), "embedding": np.ones((2, 3))}, "'a' is there 2 times"),
    ],
)
def test_an_archive_that_does_not_fit_is_one_error(
    asked: Bench, tmp_path: Path, arrays: dict[str, Any], said: str
) -> None:
    path = tmp_path / "v.npz"
    np.savez(path, **arrays)
    with pytest.raises(SourceError, match=said) as error:
        chosen(asked, 3, embeddings=str(path))
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("member", "said"),
    [
        (b"no array", "embedding is no array of NumPy's"),
        (b"\x93NUMPY\x01\x00\x06\x00{'a':1", "v.npz: "),
        (b"\x93NUMPY\x01\x00\xff\xff{}", "v.npz: "),
    ],
)
def test_an_archive_whose_members_are_no_arrays_is_one_error(
    asked: Bench, tmp_path: Path, member: bytes, said: str
) -> None:
    path = tmp_path / "v.npz"
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open("prompt_id.npy", "w") as file:
            np.save(file, np.array(ids(asked)))
        archive.writestr("embedding.npy", member)
    with pytest.raises(SourceError, match=said):
        chosen(asked, 3, embeddings=str(path))


@pytest.mark.parametrize("name", ["v.npz", "v.parquet"])
def test_a_file_that_is_something_else_is_one_error(
    asked: Bench, tmp_path: Path, name: str
) -> None:
    for content in (b"", b"PAR1 nonsense", b"PK\x03\x04 torn"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=name):
            chosen(asked, 3, embeddings=str(tmp_path / name))


def test_an_array_under_the_name_of_an_archive_is_one_error(asked: Bench, tmp_path: Path) -> None:
    with (tmp_path / "v.npz").open("wb") as file:
        np.save(file, np.ones((2, 3)))
    with pytest.raises(SourceError, match=r"v.npz: no .npz archive"):
        chosen(asked, 3, embeddings=str(tmp_path / "v.npz"))


def test_a_parquet_file_whose_pages_are_torn_is_one_error(asked: Bench, tmp_path: Path) -> None:
    vectors, _ = blobs(12, 3, 64)
    rows = vectors.astype(float).tolist()
    spec = parquet(tmp_path / "v.parquet", prompt_id=ids(asked), embedding=rows)
    data = bytearray(Path(spec).read_bytes())
    data[8:400] = bytes(392)
    Path(spec).write_bytes(data)
    with pytest.raises(SourceError, match=r"v.parquet: ") as error:
        chosen(asked, 3, embeddings=spec)
    assert "\n" not in str(error.value)


def test_embeddings_of_absurd_length_are_one_error(asked: Bench, tmp_path: Path) -> None:
    spec = parquet(tmp_path / "v.parquet", prompt_id=ids(asked)[:1], embedding=[[1.0] * 20_000])
    with pytest.raises(SourceError, match="20,000 numbers are too long"):
        chosen(asked, 3, embeddings=spec)


def test_a_file_that_is_not_there_is_named(asked: Bench) -> None:
    with pytest.raises(SourceError, match=r"nowhere.npz: no such file"):
        chosen(asked, 3, embeddings="nowhere.npz")


def test_a_parquet_file_without_a_list_names_its_columns(asked: Bench, tmp_path: Path) -> None:
    spec = parquet(tmp_path / "v.parquet", prompt_id=["a"], text=["b"])
    with pytest.raises(SourceError, match=r"among prompt_id \(string\), text \(string\)"):
        chosen(asked, 3, embeddings=spec)


def test_embeddings_of_other_prompts_are_an_error_with_an_id_to_go_by(
    asked: Bench, tmp_path: Path
) -> None:
    spec = parquet(tmp_path / "v.parquet", prompt_id=["a"], embedding=[[1.0, 2.0]])
    with pytest.raises(ConfigError, match=rf"missing 12.*e\.g\. {min(ids(asked))}"):
        chosen(asked, 3, embeddings=spec)


def test_what_names_no_embeddings_is_told_what_does() -> None:
    assert spec_of("open_clip:ViT-B-32@laion2b") == Spec("open_clip", "ViT-B-32@laion2b")
    assert spec_of("column:a:b") == Spec("column", "a:b")
    for text, said in (
        ("clip", "of no known kind"),
        ("column:", "nothing after the colon"),
        ("vectors.npy", "numpy.savez"),
        ("https://host/v", "of no known kind"),
    ):
        with pytest.raises(ConfigError, match=said):
            spec_of(text)
