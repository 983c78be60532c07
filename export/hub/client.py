"""One data set on the Hub through the real huggingface_hub, patient, its errors in one line."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from logging import ERROR
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    RepoFile,
)
from huggingface_hub.errors import (
    HFValidationError,
    RepositoryNotFoundError,
)
from huggingface_hub.utils import logging
from huggingface_hub.utils._validators import validate_repo_id
from huggingface_hub.utils.tqdm import (
    are_progress_bars_disabled,
    disable_progress_bars,
    enable_progress_bars,
)

from export.hub.changes import Head
from export.hub.faults import (
    EXPECTED,
    TRIES,
    StaleParentError,
    hub_error,
    patiently,
    status_of,
    untold,
)
from export.hub.files import LocalFile, RemoteFile
from export.hub.record import RECORD, recorded
from schemas.errors import HubError

T = TypeVar("T")
MAIN = "main"
KIND = "dataset"
NOT_FOUND, STALE = 404, 412


class HubClient:
    """A data set `repo` at the Hub `endpoint` (None is the public one), for one `token`.

    `told` hears why and how long it waits for the Hub, which is asked `tries` times.
    """

    def __init__(
        self,
        repo: str,
        *,
        endpoint: str | None,
        token: str | None,
        told: Callable[[str], None] = untold,
        tries: int = TRIES,
    ) -> None:
        self.repo = repo
        self._patiently = partial(patiently, told=told, tries=tries)
        self._api = HfApi(endpoint=endpoint or None, token=token or False)

    @property
    def url(self) -> str:
        """The page of the data set."""
        return f"{self._api.endpoint}/datasets/{self.repo}"

    def refuse_reader(self) -> None:
        """Raise HubError where the token is not known, or can only read."""
        account = self._asked(self._api.whoami)
        role = account.get("auth", {}).get("accessToken", {}).get("role")
        if role == "read":
            raise HubError("HF_TOKEN can only read", "make a token with the write right")

    def head(self, revision: str = MAIN) -> Head | None:
        """The repository at a revision, None where there is none. Reads only."""
        try:
            info = self._asked(
                lambda: self._api.dataset_info(self.repo, revision=revision), missing=True
            )
        except RepositoryNotFoundError:
            return None
        commit = str(info.sha)
        rows = self._asked(lambda: list(self._listing(commit)))
        files = {row.path: _remote(row) for row in rows if isinstance(row, RepoFile)}
        ours = recorded(self._content(RECORD, commit)) if RECORD in files else {}
        return Head(commit, bool(info.private), files, ours)

    def create(self, *, private: bool) -> None:
        """Make the repository; fine where it is there."""
        self._asked(
            lambda: self._api.create_repo(self.repo, repo_type=KIND, private=private, exist_ok=True)
        )

    def make_public(self) -> None:
        """Let everybody read it."""
        self._asked(
            lambda: self._api.update_repo_settings(self.repo, repo_type=KIND, visibility="public")
        )

    def upload(self, additions: Sequence[CommitOperationAdd]) -> None:
        """Send the bytes that the Hub lacks; they are not visible before a commit."""
        self._asked(
            lambda: self._api.preupload_lfs_files(
                self.repo, additions, repo_type=KIND, free_memory=False
            ),
            once=True,
        )

    def commit(
        self,
        additions: Sequence[CommitOperationAdd],
        deleted: Sequence[str],
        message: str,
        *,
        revision: str = MAIN,
        parent: str | None = None,
    ) -> str:
        """Commit all at once and return the commit's id. Raises StaleParentError."""
        info = self._committed(additions, deleted, message, revision=revision, parent_commit=parent)
        return str(info.oid)

    def open_request(
        self,
        additions: Sequence[CommitOperationAdd],
        deleted: Sequence[str],
        message: str,
        parent: str,
    ) -> int:
        """A pull request with a first commit on `parent`; returns its number."""
        info = self._committed(additions, deleted, message, create_pr=True, parent_commit=parent)
        return int(info.pr_num)

    def merge(self, number: int) -> None:
        """Show a pull request's files on main, by one commit. Raises StaleParentError."""
        self._stale_apart(lambda: self._api.merge_pull_request(self.repo, number, repo_type=KIND))

    def tags(self) -> dict[str, str]:
        """Name -> commit."""
        refs = self._asked(lambda: self._api.list_repo_refs(self.repo, repo_type=KIND))
        return {tag.name: tag.target_commit for tag in refs.tags}

    def tag(self, name: str, commit: str) -> None:
        """Give the commit the tag, which no other has then."""
        there = self.tags().get(name)
        if there == commit:
            return
        if there is not None:
            self._asked(lambda: self._api.delete_tag(self.repo, tag=name, repo_type=KIND))
        self._asked(
            lambda: self._api.create_tag(
                self.repo, tag=name, revision=commit, repo_type=KIND, exist_ok=True
            )
        )

    def _listing(self, commit: str) -> Any:
        return self._api.list_repo_tree(self.repo, recursive=True, revision=commit, repo_type=KIND)

    def _content(self, path: str, commit: str) -> bytes:
        """A small file's bytes."""
        with TemporaryDirectory(prefix="curate-") as folder:
            found = self._asked(
                lambda: self._api.hf_hub_download(
                    self.repo, path, repo_type=KIND, revision=commit, local_dir=folder
                )
            )
            return Path(found).read_bytes()

    def _committed(
        self,
        additions: Sequence[CommitOperationAdd],
        deleted: Sequence[str],
        message: str,
        **where: Any,
    ) -> Any:
        operations: list[CommitOperationAdd | CommitOperationDelete] = [*additions]
        operations += [CommitOperationDelete(path) for path in deleted]
        return self._stale_apart(
            lambda: self._api.create_commit(
                self.repo, operations, commit_message=message, repo_type=KIND, **where
            )
        )

    def _stale_apart(self, call: Callable[[], T]) -> T:
        try:
            return self._patiently(call)
        except EXPECTED as error:
            if status_of(error) == STALE:
                raise StaleParentError from error
            raise hub_error(error, self.repo) from error

    def _asked(self, call: Callable[[], T], *, once: bool = False, missing: bool = False) -> T:
        """The call's result; `missing` passes on that there is no such repository."""
        try:
            return call() if once else self._patiently(call)
        except EXPECTED as error:
            if (
                missing
                and isinstance(error, RepositoryNotFoundError)
                and status_of(error) == NOT_FOUND
            ):
                raise
            raise hub_error(error, self.repo) from error


@contextmanager
def quiet() -> Iterator[None]:
    """Without huggingface_hub's own bars and warnings, whose lines name signed addresses."""
    verbosity, silent = logging.get_verbosity(), are_progress_bars_disabled()
    logging.set_verbosity(ERROR)
    disable_progress_bars()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if not silent:
            enable_progress_bars()


def check_name(repo: str) -> None:
    """Raise HubError unless it is OWNER/NAME as the Hub allows."""
    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        raise hub_error(error, repo) from error
    if repo.count("/") != 1:
        raise HubError(f"{repo!r} does not say whose it is", "give OWNER/NAME")


def addition(file: LocalFile) -> CommitOperationAdd:
    """The file as huggingface_hub sends it; its sha256 is known and not made again."""
    made = CommitOperationAdd(file.path, file.at)
    made.upload_info.sha256 = bytes.fromhex(file.content.sha256)
    return made


def _remote(row: RepoFile) -> RemoteFile:
    return RemoteFile(row.size, row.blob_id, row.lfs.sha256 if row.lfs else None)
