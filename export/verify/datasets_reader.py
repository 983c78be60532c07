"""`datasets`: every row at random and streamed, every picture decoded, shuffled and resumed.

Pictures are bytes in Parquet, and files beside lines of JSON.

Streams are compared with the rows by random access. A stream that is stopped and resumed must go
on with the very next row; of a shuffled one every row must come, once.
"""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from export.verify.base import Checked, Reader, Written, expect, place, refusing

BUFFER = 1000


def read(written: Written) -> Checked:
    """Load every split as a training engineer would."""
    import datasets

    # Waited after each shuffled stream, for threads that may still read where it was left early.
    datasets.config.SLEEP_TIME_ON_THREADS_SHUTDOWN = 0.1
    rows = pictures = 0
    for split, count in written.filled().items():
        with refusing(split):
            table = loaded(written, split)
        expect(len(table) == count, split, f"{len(table)} rows load, {count} were written")
        if written.data_files(split)[0].endswith(".parquet"):
            _expect_features(written, split, table)
        pictures += _decoded(table, split, written.folder)
        _expect_streams(written, split, table)
        rows += count
    how = f"{rows:,} rows at random and streamed, shuffled and resumed"
    return Checked(rows, how + (f"; {pictures:,} pictures decoded" if pictures else ""))


READER = Reader("datasets", read)


def loaded(written: Written, split: str, **options: Any) -> Any:
    """A split as `datasets` loads it: a folder of shards by itself, other files by their names."""
    from datasets import load_dataset

    files = written.data_files(split)
    if files[0].endswith(".parquet"):
        return load_dataset(str(written.folder), split=split, **options)
    paths = [str(written.folder / name) for name in files]
    return load_dataset("json", data_files=paths, split="train", **options)


def media_columns(features: Any) -> list[str]:
    """The columns that hold pictures, videos or lists of them."""
    from datasets import Image, Video

    return [
        name
        for name, feature in features.items()
        if isinstance(getattr(feature, "feature", feature), Image | Video)
    ]


def _expect_features(written: Written, split: str, table: Any) -> None:
    """The features must be those that every file declares, and `images` pictures."""
    import pyarrow.parquet as pq
    from datasets import Features, Image, List

    for name in written.data_files(split):
        with refusing(f"{split} in {name}"):
            schema = pq.read_schema(Path(written.folder, name))
            declared = Features.from_arrow_schema(schema)
        has_own = b"huggingface" in (schema.metadata or {})
        expect(has_own, name, "the schema does not say what its columns are to `datasets`")
        expect(table.features == declared, name, f"loads as {table.features}, not as {declared}")
    if "images" in table.features:
        expect(table.features["images"] == List(Image()), split, "`images` loads as no pictures")


def _decoded(table: Any, split: str, folder: Path) -> int:
    """How many pictures all rows hold, each row taken at random and its pictures decoded."""
    media, pictures = media_columns(table.features), 0
    for number in random.Random(0).sample(range(len(table)), len(table)):  # noqa: S311 - an order
        where = place(split, number, {})
        with refusing(where):
            row = table[number]
        where = place(split, number, row)
        pictures += sum(size is not None for size in _sizes(row, media))
        if not media:
            pictures += _decoded_files(row, folder, where)
    return pictures


def _decoded_files(row: dict[str, Any], folder: Path, where: str) -> int:
    """How many pictures a row of JSON names, each a file below the export that decodes."""
    from datasets import Image

    images, videos = ([*_named(row, name), *_named(row, f"{name}s")] for name in ("image", "video"))
    for name in (*images, *videos):
        inside = (folder / name).resolve().is_relative_to(folder.resolve())
        expect(inside, where, f"{name!r} leads out of the export")
        expect((folder / name).exists(), where, f"no file {name!r}")
    frames = [path for name in videos for path in (folder / name).glob("*")]
    for path in [*(folder / name for name in images), *frames]:
        with refusing(f"{where}, {path.relative_to(folder)}"):
            Image().decode_example({"bytes": path.read_bytes(), "path": None})
    return len(images) + len(frames)


def _named(row: dict[str, Any], column: str) -> list[str]:
    found = row.get(column) or []
    return found if isinstance(found, list) else [found]


def _expect_streams(written: Written, split: str, table: Any) -> None:
    """Every row must come from a stream, in order, after a stop in the middle, and shuffled.

    No stream is left before its end: threads of its own would still read, and Arrow may abort the
    process that ends before them.
    """
    rows = list(_keys(table))
    half = len(rows) // 2

    def stream() -> Any:
        return loaded(written, split, streaming=True).decode(False)

    with refusing(f"{split}, streamed"):
        first, whole = stream(), []
        state = first.state_dict()
        for row in first:
            whole.append(_key(row))
            if len(whole) == half:
                state = first.state_dict()
        second = stream()
        second.load_state_dict(state)
        resumed = [_key(row) for row in second]
        shuffled = [_key(row) for row in stream().shuffle(seed=0, buffer_size=BUFFER)]
    expect(whole == rows, split, "a stream gives other rows than random access")
    expect(resumed == rows[half:], split, "a stream that was stopped does not go on where it was")
    expect(Counter(shuffled) == Counter(rows), split, "a shuffled stream loses or repeats rows")


def _keys(table: Any) -> Iterator[bytes]:
    """Each row by its content, media by their bytes as they lie in the file."""
    media = media_columns(table.features)
    raw = table.select_columns(media).with_format("arrow") if media else None
    for number, row in enumerate(table.remove_columns(media)):
        stored = {} if raw is None else raw[number].to_pylist()[0]
        yield _key({**row, **stored})


def _sizes(row: dict[str, Any], media: list[str]) -> list[Any]:
    """The sizes of a row's pictures."""
    return [
        getattr(medium, "size", None)
        for name in media
        for medium in (row[name] if isinstance(row[name], list) else [row[name]])
    ]


def _key(row: dict[str, Any]) -> bytes:
    """A row by its content."""
    text = json.dumps(row, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _plain(value: Any) -> str:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else str(value)
