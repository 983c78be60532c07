"""A clock that jumps, by libfaketime: processes in this environment see the time change under them.

What measures how long something took goes on as it was, as it does on a machine whose time is set.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from random import Random

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
MOST_S = 172_800
BETWEEN_S = 0.2


class NoLibraryError(Exception):
    """libfaketime is not here."""


@contextmanager
def jumping(folder: Path, chance: Random) -> Iterator[Mapping[str, str]]:
    """The environment; while the block runs the time jumps by up to two days, five times a second.

    Raises NoLibraryError.
    """
    found = glob(LIBRARY)  # noqa: PTH207 - a pattern from the root
    if not found:
        raise NoLibraryError("libfaketime is not installed (apt-get install faketime)")
    folder.mkdir()
    told, over = folder / "offset", threading.Event()
    told.write_text("+0", "ascii")

    def jump() -> None:
        while not over.wait(BETWEEN_S):
            part = folder / "next"
            part.write_text(f"{chance.randrange(-MOST_S, MOST_S):+d}", "ascii")
            part.replace(told)

    thread = threading.Thread(target=jump)
    thread.start()
    try:
        yield {
            "LD_PRELOAD": found[0],
            "FAKETIME_TIMESTAMP_FILE": str(told),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
    finally:
        over.set()
        thread.join()
