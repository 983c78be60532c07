"""Media of a source, read into the store: by path below a root, URL, data: URI or bytes.

Reading and decoding run in threads, since both leave Python's lock; what is asked for twice is
read once.
"""

import os
import re
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from curate.media.contained import open_below, resolve_below, shown
from curate.media.data_uri import data_of, is_data_uri
from curate.media.decoding import quiet_decoding
from curate.media.frames import frame_names
from curate.media.names import STORED
from curate.media.remote import Fetcher
from curate.media.rules import MediumFaultError
from curate.media.shards import FOLDER, Shards
from curate.media.store import MediaStore
from curate.sources.record import SourceMedium
from schemas.candidate import Medium

SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*)://")
REMEMBERED = 100_000


class MediaReader:
    """Reads media below `root` into `store`; http(s) addresses only where a `fetcher` is given."""

    def __init__(
        self,
        store: MediaStore,
        root: Path,
        fetcher: Fetcher | None = None,
        threads: int | None = None,
    ) -> None:
        self.store = store
        self.root = root.resolve()
        self.fetcher = fetcher
        self._shards = Shards(self.root / FOLDER)
        self._pool = ThreadPoolExecutor(threads or min(8, (os.cpu_count() or 2) + 2))
        self._known: OrderedDict[tuple[str, str], Future[Medium]] = OrderedDict()
        self._stopped = Event()
        self._quiet = quiet_decoding()

    def __enter__(self) -> Self:
        self._quiet.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)
        self._quiet.__exit__(kind, error, at)

    def submit(self, medium: SourceMedium) -> "Future[Medium]":
        """The medium to come; its `result()` raises MediumFaultError for what cannot be taken."""
        if medium.data is not None or medium.path is None:
            return self._pool.submit(self.read, medium)
        key = (medium.kind, medium.path)
        if key not in self._known:
            self._known[key] = self._pool.submit(self.read, medium)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def read(self, medium: SourceMedium) -> Medium:
        """The medium in the store. Raises MediumFaultError with a drop reason and the detail."""
        path = medium.path
        if path is not None and not _is_unicode(path):
            raise MediumFaultError("bad_encoding", f"the path {shown(path)} is no valid text")
        if medium.data is not None:
            return self._put(medium, medium.data, path)
        if path is None:
            raise MediumFaultError("missing_media", "the medium has neither path nor bytes")
        if is_data_uri(path):
            return self._put(medium, data_of(path, self._most(medium)), None)
        scheme = SCHEME.match(path)
        if scheme:
            return self._put(medium, self._fetched(medium, path, scheme[1].lower()), path)
        return self._local(medium, path)

    def _most(self, medium: SourceMedium) -> int:
        limits = self.store.limits
        return limits.picture_bytes if medium.kind == "image" else limits.inline_bytes

    def _put(self, medium: SourceMedium, data: bytes, path: str | None) -> Medium:
        if medium.kind == "image":
            return self.store.put_picture(data, path)
        return self.store.put_video(BytesIO(data), path)

    def _fetched(self, medium: SourceMedium, url: str, scheme: str) -> bytes:
        if scheme == "file":
            raise MediumFaultError("unsafe_path", f"{shown(url)} is absolute")
        if scheme not in ("http", "https"):
            raise MediumFaultError(
                "remote_not_allowed", f"{shown(url)}: only http and https are read"
            )
        if self.fetcher is None:
            raise MediumFaultError("remote_not_allowed", f"{shown(url)} needs --allow-remote")
        return self.fetcher.fetch(url, self._most(medium))

    def _local(self, medium: SourceMedium, path: str) -> Medium:
        packed = self._packed(path)
        if packed is not None:
            return self._put(medium, packed, path)
        if resolve_below(self.root, path).is_dir():
            if medium.kind == "image":
                raise MediumFaultError("unreadable_media", f"{shown(path)} is a folder")
            return self.store.put_frames(self._frames(path), path)
        with open_below(self.root, path) as file:
            if medium.kind != "image":
                return self.store.put_video(file, path)
            self.store.limits.check_picture_bytes(os.fstat(file.fileno()).st_size)
            return self.store.put_picture(file.read(self._most(medium) + 1), path)

    def _packed(self, path: str) -> bytes | None:
        """What a path of a store's folder names where the file is packed there."""
        name = path[3:]
        if not STORED.fullmatch(name) or path[:3] != f"{name[:2]}/":
            return None
        return None if (self.root / path).is_file() else self._shards.read(name)

    def _frame_names(self, path: str) -> list[str]:
        try:
            return frame_names(resolve_below(self.root, path))
        except OSError as error:
            detail = f"{shown(path)}: {error.strerror}"
            raise MediumFaultError("unreadable_media", detail) from error

    def _frames(self, path: str) -> Iterator[bytes]:
        names = self._frame_names(path)
        if len(names) > self.store.limits.frames:
            raise MediumFaultError("oversized_media", f"{shown(path)} holds {len(names):,} frames")
        if not names:
            raise MediumFaultError("missing_media", f"{shown(path)} holds no picture")
        for name in names:
            if self._stopped.is_set():
                raise MediumFaultError("missing_media", "reading was stopped")
            with open_below(self.root, f"{path}/{name}") as file:
                self.store.limits.check_picture_bytes(os.fstat(file.fileno()).st_size)
                yield file.read(self.store.limits.picture_bytes + 1)


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
