"""The two embedding libraries as they are, on tiny models with random weights."""

from pathlib import Path

import pytest

from curate.media.store import MediaStore
from curate.selecting.embeddings import Spec
from curate.selecting.encoders import load_encoder
from schemas.candidate import Medium
from schemas.errors import ConfigError
from tests.support.drawn import jpeg, scene
from tests.support.needed import missing
from tests.support.sampling import film
from tests.support.selecting import chosen, taken, typed
from tests.support.tiny_encoders import tiny_clip_model, tiny_text_model
from tests.support.workspaces import Bench

pytestmark = [
    pytest.mark.embed,
    pytest.mark.filterwarnings("default"),  # the libraries' own, of one another
]


@pytest.fixture(autouse=True)
def _libraries() -> None:
    try:
        import open_clip
        import sentence_transformers
    except ImportError as error:
        missing(f"{error.name} is not here: make embed-test")
    assert open_clip
    assert sentence_transformers


@pytest.fixture
def clip(tmp_path: Path) -> str:
    return f"open_clip:local-dir:{tiny_clip_model(tmp_path / 'a@b')}"


def test_texts_are_embedded_by_sentence_transformers(bench: Bench, tmp_path: Path) -> None:
    typed(bench, short=12)
    model = tiny_text_model(tmp_path / "tiny")
    report = chosen(bench, 4, clusters=3, embeddings=f"sentence-transformers:{model}")
    assert (report.dimensions, report.without_embedding, report.selected) == (32, {}, 4)
    first = (bench.root / "selected.parquet").read_bytes()
    chosen(bench, 4, clusters=3, embeddings=f"sentence-transformers:{model}")
    assert (bench.root / "selected.parquet").read_bytes() == first


def test_pictures_videos_and_texts_are_embedded_by_open_clip(
    bench: Bench, tmp_path: Path, clip: str
) -> None:
    store = MediaStore(bench.root / "media")
    for seed in range(4):
        bench.prompt(f"picture {seed}", media=[store.put_picture(jpeg(scene(seed)))])
    film(tmp_path / "film.mp4", 4)
    with (tmp_path / "film.mp4").open("rb") as file:
        bench.prompt("film", media=[store.put_video(file)])
    bench.prompt("text")
    bench.prompt("lost", media=[Medium(kind="image", path="x.png")])
    report = chosen(bench, 6, draw="diversity", embeddings=clip)
    assert (report.dimensions, report.without_embedding) == (16, {"missing": 1})
    assert len(taken(bench)) == 6


def test_a_picture_that_does_not_decode_is_counted(bench: Bench, clip: str) -> None:
    store = MediaStore(bench.root / "media")
    torn = store.put_picture(jpeg(scene(1)))
    store.path_of(str(torn.file)).write_bytes(b"\xff\xd8 torn")
    bench.prompt("torn", media=[torn])
    bench.prompt("whole", media=[store.put_picture(jpeg(scene(2)))])
    assert chosen(bench, 2, embeddings=clip).without_embedding == {"unreadable": 1}


@pytest.mark.parametrize("kind", ["open_clip", "sentence-transformers"])
def test_a_model_nobody_knows_is_one_error(kind: str) -> None:
    with pytest.raises(ConfigError, match="the model cannot be loaded") as error:
        load_encoder(Spec(kind, "no-such-model-here"))
    assert "\n" not in str(error.value)
