"""Pictures, addresses, paths and shards of media: taken within the limits, or one fault."""

import hashlib
import os
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from curate.media.contained import open_below, resolve_below
from curate.media.data_uri import data_of
from curate.media.decoding import quiet_decoding
from curate.media.frames import frame_names, natural_order
from curate.media.names import STORED, key_of
from curate.media.pictures import READERS, check_picture, opened
from curate.media.public_address import is_public
from curate.media.rules import Limits, MediumFaultError
from curate.media.shards import Shards
from curate.media.video import look_into, video_format
from curate.media.web_address import PORTS, shown_url, web_address
from schemas.errors import WorkspaceError
from tests.fuzz.laws import SCRATCH, holds, is_storable, is_told, known_reasons
from tests.fuzz.tables import parquet_file
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS

SMALL = Limits(picture_bytes=1 << 16, picture_pixels=1 << 20, animation_pixels=1 << 22, frames=100)
INSIDE = b"inside"


def picture(data: bytes) -> None:
    """A picture decodes within the limits, and can be opened again by its bytes alone."""
    try:
        with quiet_decoding():
            found = check_picture(data, SMALL)
            opened(data).close()
    except MediumFaultError as fault:
        _is_a_fault(fault)
        return
    holds(found.extension in READERS)
    holds(0 < found.width * found.height <= SMALL.picture_pixels)
    holds(len(data) <= SMALL.picture_bytes)


def video(data: bytes) -> None:
    """A video file is looked into, or it is none."""
    if video_format(data) is None:
        return
    try:
        found = look_into(SCRATCH.file("video.bin", data), SMALL)
    except MediumFaultError as fault:
        _is_a_fault(fault)
        return
    if found.width is not None and found.height is not None:
        holds(0 < found.width * found.height <= SMALL.picture_pixels)


def data_uri(data: bytes) -> None:
    """No more bytes come out than may."""
    reader = Reader(data)
    most = reader.size()
    text = f"data:{reader.rest().decode('utf-8', 'surrogateescape')}"
    try:
        found = data_of(text, most)
    except MediumFaultError as fault:
        _is_a_fault(fault)
        return
    holds(len(found) <= most, (len(found), most))


def web(data: bytes) -> None:
    """An address is http(s) on its own port, names a host, and hides what is secret."""
    url = data.decode("utf-8", "surrogateescape")
    is_storable(shown_url(url))
    try:
        found = web_address(url)
    except MediumFaultError as fault:
        _is_a_fault(fault)
        return
    holds(found.scheme in PORTS and found.port in PORTS.values())
    holds(bool(found.host) and found.host.isascii())
    request = f"GET {found.target} HTTP/1.1"
    holds(found.target.startswith(("/", "?")) and request.isascii() and request.isprintable())
    holds(len(request.split(" ")) == 3, request)
    again = urlsplit(f"{found.scheme}://{found.host}{found.target}")
    holds(again.username is None)


def address(data: bytes) -> None:
    """What is public is an address, of no network of one's own, however it is wrapped."""
    text = data.decode("utf-8", "surrogateescape")
    if is_public(text):
        number = ip_address(text)
        holds(not number.is_loopback and not number.is_link_local and not number.is_multicast)
    if len(data) in (4, 16):
        is_public(str(ip_address(data)))


def path(data: bytes) -> None:
    """A path opens a regular file below the root, or is refused."""
    text = data.decode("utf-8", "surrogateescape")
    root = _tree()
    try:
        target = resolve_below(root, text)
        holds(target.is_relative_to(root))
        with open_below(root, text) as file:
            holds(file.read() == INSIDE)
    except MediumFaultError as fault:
        _is_a_fault(fault)


def frames(data: bytes) -> None:
    """Names of frames have an order, whatever they are."""
    names = data.decode("utf-8", "surrogateescape").split("\n")
    backwards = list(reversed(names))
    holds(sorted(backwards, key=natural_order) == sorted(names, key=natural_order))
    frame_names(_tree())


def shards(data: bytes) -> None:
    """A shard gives files whose bytes are what their names say, or is named as damaged."""
    made = parquet_file(data, "packed/shard.parquet", WORDS["shards"])
    if made is None:
        return
    found = Shards(made.parent)
    try:
        for name in _names_in(found):
            content = found.read(name)
            holds(content is not None and _digest(content) == name[:64])
            holds(found.size(name) is not None)
        found.has(f"{_digest(INSIDE)}.png")
    except WorkspaceError as error:
        is_told(error)


def _names_in(found: Shards) -> list[str]:
    keys = [key.ljust(37, b"\0") for key in found.look_again().keys.tolist()]
    names = [f"{key[:32].hex()}.{key[32:].rstrip(bytes(1)).decode()}" for key in keys]
    holds(all(STORED.fullmatch(name) and key_of(name) for name in names))
    return names


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_a_fault(fault: MediumFaultError) -> None:
    known_reasons([fault.reason])
    is_storable(fault.detail)
    holds("\n" not in fault.detail and len(fault.detail) < 2000, fault.detail)


def _tree() -> Path:
    """A root with files, and beside it what no path may reach."""
    root = SCRATCH.folder / "tree" / "inside"
    if not root.is_dir():
        SCRATCH.file("tree/inside/a.png", INSIDE)
        SCRATCH.file("tree/inside/in/b.png", INSIDE)
        SCRATCH.file("tree/secret", b"outside")
        (root / "out").symlink_to("../secret")
        (root / "up").symlink_to("..")
        (root / "loop").symlink_to("loop")
        (root / "link").symlink_to("in")
        os.mkfifo(root / "fifo")
    return root


TARGETS: dict[str, Callable[[bytes], None]] = {
    "picture": picture,
    "video": video,
    "data_uri": data_uri,
    "web": web,
    "address": address,
    "path": path,
    "frames": frames,
    "shards": shards,
}
