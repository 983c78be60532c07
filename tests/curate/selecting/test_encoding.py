"""Embeddings by a model: what is embedded, what is kept, what goes on after a stop.

The model is a fake that speaks the encoders' protocol; test_encoders.py runs the two libraries.
"""

import sys
from collections.abc import Sequence

import numpy as np
import pytest

from curate.media.store import MediaStore
from curate.selecting import encoding
from curate.selecting.embeddings import Spec
from curate.selecting.encoders import Encoded
from schemas.candidate import Medium
from schemas.errors import MissingExtraError
from tests.support.drawn import jpeg, scene
from tests.support.selecting import chosen, typed
from tests.support.workspaces import Bench


class Letters:
    """Counts letters; a picture is its name. It stops where it was told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.stop_after: int | None = None

    def texts(self, keys: Sequence[str], texts: Sequence[str]) -> Sequence[Encoded]:
        return [self._made(key, text) for key, text in zip(keys, texts, strict=True)]

    def pictures(self, store: MediaStore, files: Sequence[str]) -> Sequence[Encoded]:
        there = [store.path_of(file).is_file() for file in files]
        return [
            self._made(file, file) if found else Encoded(file, None, "missing")
            for file, found in zip(files, there, strict=True)
        ]

    def _made(self, key: str, text: str) -> Encoded:
        if self.stop_after is not None and len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(text)
        vector = np.array([text.count(letter) for letter in "0123456789abcdef"], np.float32) + 0.5
        return Encoded(key, None, "unreadable") if text == "broken" else Encoded(key, vector)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Letters:
    made = Letters()
    monkeypatch.setattr(encoding, "load_encoder", lambda _spec: made)
    return made


def stored(bench: Bench, seed: int) -> Medium:
    return MediaStore(bench.root / "media").put_picture(jpeg(scene(seed)))


def test_equal_texts_are_embedded_once_and_never_again(bench: Bench, model: Letters) -> None:
    typed(bench, short=5)
    missing = Medium(kind="image", path="lost.png")
    bench.prompt("short 1", "Yes.")
    first = bench.prompts.pop("short 1")
    bench.prompt("short 1", media=[missing])
    bench.prompts["again"] = first
    report = chosen(bench, 3, embeddings="sentence-transformers:m")
    assert (len(model.asked), report.prompts, report.without_embedding) == (5, 6, {})
    chosen(bench, 3, embeddings="sentence-transformers:m")
    assert len(model.asked) == 5
    chosen(bench, 3, embeddings="sentence-transformers:other")
    assert len(model.asked) == 10


def test_a_model_of_pictures_reads_texts_only_where_there_is_no_picture(
    bench: Bench, model: Letters
) -> None:
    one, two = stored(bench, 1), stored(bench, 2)
    bench.prompt("one", media=[one])
    bench.prompt("both", media=[one, two])
    bench.prompt("none")
    report = chosen(bench, 3, draw="diversity", embeddings="open_clip:m")
    assert sorted(model.asked) == sorted([str(one.file), str(two.file), "none"])
    assert report.by_basis() == {"distance": 3}


def test_pictures_that_are_not_there_are_counted_and_asked_for_again(
    bench: Bench, model: Letters
) -> None:
    gone, kept = stored(bench, 1), stored(bench, 2)
    path = MediaStore(bench.root / "media").path_of(str(gone.file))
    data = path.read_bytes()
    path.unlink()
    bench.prompt("gone", media=[gone])
    bench.prompt("unread", media=[Medium(kind="image", path="x.png")])
    bench.prompt("kept", media=[kept])
    report = chosen(bench, 3, embeddings="open_clip:m")
    assert report.without_embedding == {"missing": 2}
    path.write_bytes(data)
    report = chosen(bench, 3, embeddings="open_clip:m")
    assert report.without_embedding == {"missing": 1}
    assert model.asked == [str(kept.file), str(gone.file)]


def test_what_a_model_cannot_read_is_counted_and_not_tried_again(
    bench: Bench, model: Letters
) -> None:
    typed(bench, short=3)
    bench.prompt("broken")
    for _ in range(2):
        report = chosen(bench, 4, embeddings="sentence-transformers:m")
        assert report.without_embedding == {"unreadable": 1}
    assert model.asked.count("broken") == 1


def test_a_stopped_run_goes_on_where_it_was(
    bench: Bench, model: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "CHUNK", 4)
    typed(bench, short=20)
    model.stop_after = 11
    with pytest.raises(KeyboardInterrupt):
        chosen(bench, 5, embeddings="sentence-transformers:m")
    assert not (bench.root / "selected.parquet").exists()
    model.stop_after = None
    chosen(bench, 5, embeddings="sentence-transformers:m")
    assert len(model.asked) == 11 + 12
    first = (bench.root / "selected.parquet").read_bytes()
    for part in (bench.root / ".cache").rglob("*.parquet"):
        part.unlink()
    chosen(bench, 5, embeddings="sentence-transformers:m")
    assert (bench.root / "selected.parquet").read_bytes() == first


@pytest.mark.parametrize(
    ("kind", "module"),
    [("open_clip", "open_clip"), ("sentence-transformers", "sentence_transformers")],
)
def test_a_library_that_is_not_there_names_the_extra(
    kind: str, module: str, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    typed(bench, short=2)
    with pytest.raises(MissingExtraError, match=r"pip install 'pairwright\[embed\]'"):
        chosen(bench, 1, embeddings=f"{Spec(kind, 'm').kind}:m")
