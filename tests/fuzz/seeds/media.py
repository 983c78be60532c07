"""Small pictures, heads of videos, addresses and paths."""

import hashlib
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from tests.fuzz.tables import parquet_bytes
from tests.fuzz.values import bytes_of, size_bytes
from tests.fuzz.words import WORDS
from tests.support.pictures import picture_bytes

Seeds = Iterator[bytes]


def _pictures() -> Seeds:
    for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"):
        yield picture_bytes(kind, size=(3, 2))
    yield from (b"<svg>", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"\xff\xd8\xff\xe1\0\x08Exif")


def _videos() -> Seeds:
    yield b"\0\0\0\x18ftypqt  " + bytes(20)
    yield b"\x1aE\xdf\xa3\x93B\x82\x88webm"
    yield b"RIFF\x24\0\0\0AVI LIST"
    yield b"\0\0\0\x08moov"


def _data_uris() -> Seeds:
    for most, uri in (
        (6, "image/png;base64,QUJD"),
        (3, ",%41bc"),
        (9, ";base64,QU%4AD\n=="),
        (1, ",é"),
    ):
        yield size_bytes(most) + uri.encode()


def _web() -> Seeds:
    for url in (
        *("http://a.example/x.png?k=1#f", "https://[2001:db8::1]:443/é%20", "http://u:p@h/"),
        *(
            "HTTP://ä.example:80",
            "http://a.example:99/",
            "ftp://h",
            "http://[::1",
            "//h",
            "http://h?q",
        ),
    ):
        yield url.encode()


def _addresses() -> Seeds:
    for one in (
        "8.8.8.8",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1%eth0",
        "0x7f.1",
    ):
        yield one.encode()
    yield from (bytes(4), bytes(16))


def _paths() -> Seeds:
    for path in (
        "a.png",
        "in/b.png",
        "../secret",
        "out",
        "up/secret",
        "loop",
        "link/b.png",
        "fifo",
    ):
        yield path.encode()
    yield from (b"C:\\x", b"in/../a.png", b"in\\..\\..", b"", b"a.png/", b"/etc/passwd", b"in")


def _shards() -> Seeds:
    data = b"inside"
    name = f"{hashlib.sha256(data).hexdigest()}.png"
    table = pa.table([[name], [data]], names=["file", "bytes"])
    yield parquet_bytes(table)
    yield bytes_of([{"file": name, "bytes": data}], WORDS["shards"])


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "picture": _pictures,
    "video": _videos,
    "data_uri": _data_uris,
    "web": _web,
    "address": _addresses,
    "path": _paths,
    "frames": _paths,
    "shards": _shards,
}
