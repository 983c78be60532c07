"""Where a tokenizer lies and what it is by content, which a build depends on."""

import hashlib
import sys
from pathlib import Path

from curate.workspace import Workspace
from schemas.errors import ConfigError

BLOCK = 1 << 20
SUFFIXES = (".json", ".jinja", ".txt", ".model", ".tiktoken")
"""Files that tokenizers and processors are made of: not weights, and no code."""

LOADABLE = ("tokenizer.json", "tokenizer_config.json")
PATH_STARTS = (".", "/", "~")


def located(workspace: Workspace, *, fetch: bool) -> Path | None:
    """The folder of `[pairs] tokenizer`: one in the workspace, or the Hub's in the Hub's cache.

    None where no tokenizer is named, and where one of the Hub is not here and `fetch` is false. A
    revision of the Hub is fetched once. Raises ConfigError where there is no such tokenizer.
    """
    name = workspace.settings.pairs.tokenizer
    if name is None:
        return None
    folder = workspace.root / Path(name).expanduser()
    if folder.is_dir():
        return folder
    if name.startswith(PATH_STARTS) or name.count("/") > 1:
        raise ConfigError(
            f"[pairs] tokenizer {name!r}: {folder} is no folder",
            "name a folder with a tokenizer, or OWNER/NAME@REVISION of the Hub; "
            "a relative path is looked up in the workspace",
        )
    return _on_the_hub(name, fetch=fetch)


def digest_of(folder: Path) -> str:
    """The sha256 over names and bytes of the files that a tokenizer is made of."""
    digest = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    for name, file in sorted(files.items()):
        if file.suffix in SUFFIXES and not name.startswith(".") and file.is_file():
            digest.update(f"{name}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as content:
                while block := content.read(BLOCK):
                    digest.update(block)
    return digest.hexdigest()


def _on_the_hub(name: str, *, fetch: bool) -> Path | None:
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = _snapshot(name, local_files_only=True)
    except LocalEntryNotFoundError:
        folder = None
    if folder is not None and any((folder / file).is_file() for file in LOADABLE):
        return folder
    return _snapshot(name, local_files_only=False) if fetch else None


def _snapshot(name: str, *, local_files_only: bool) -> Path:
    """The folder of a repository's tokenizer files. Raises ConfigError."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if not sys.stderr.isatty():
        disable_progress_bars()
    repository, _, revision = name.partition("@")
    try:
        return Path(
            snapshot_download(
                repository,
                revision=revision or None,
                allow_patterns=[f"*{suffix}" for suffix in SUFFIXES],
                local_files_only=local_files_only,
            )
        )
    except LocalEntryNotFoundError:
        if local_files_only:
            raise
        reason = "the Hub cannot be reached"
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        reason = " ".join(str(error).split())[:200]
    raise ConfigError(
        f"[pairs] tokenizer {name!r}: neither a folder nor on the Hub ({reason})",
        "name a folder with a tokenizer, or OWNER/NAME@REVISION of the Hub",
    )
