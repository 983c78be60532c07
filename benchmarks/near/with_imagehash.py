"""imagehash: FOLDER, the DCT hash of every file."""

import sys
from pathlib import Path

import imagehash
from PIL import Image


def main(folder: str) -> None:
    """Hash every file."""
    for path in sorted(Path(folder).iterdir()):
        with Image.open(path) as picture:
            imagehash.phash(picture)


if __name__ == "__main__":
    main(*sys.argv[1:])
