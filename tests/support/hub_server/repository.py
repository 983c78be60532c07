"""One data set's repository as git keeps it: blobs, commits, refs, and objects uploaded apart.

Nothing here knows HTTP. A commit is made whole and then shown by moving one ref.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

MAIN = "refs/heads/main"
ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"


class StaleParentError(Exception):
    """The commit was made for another head."""


class UnknownError(Exception):
    """No such revision, path or object; `code` is what the Hub calls it."""

    def __init__(self, code: Literal["RevisionNotFound", "EntryNotFound"], what: str) -> None:
        super().__init__(what)
        self.code = code


@dataclass(frozen=True)
class Blob:
    """A file's bytes; `lfs` where git holds a pointer and the bytes lie apart."""

    data: bytes
    lfs: bool = False

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def oid(self) -> str:
        held = self.data
        if self.lfs:
            held = (
                f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\n"
                f"size {len(self.data)}\n"
            ).encode()
        return hashlib.sha1(b"blob %d\0" % len(held) + held).hexdigest()


Tree = Mapping[str, Blob]


@dataclass(frozen=True)
class Commit:
    """One commit: what was there, not what changed."""

    oid: str
    parent: str | None
    title: str
    tree: Tree


@dataclass
class PullRequest:
    """A pull request; its commits are at refs/pr/<num>."""

    num: int
    title: str
    status: Literal["open", "closed", "merged"] = "open"

    @property
    def ref(self) -> str:
        return f"refs/pr/{self.num}"


@dataclass
class Repository:
    """A data set: `objects` are uploaded files by their sha256, in a commit or not.

    What `arrived` becomes an object when it is verified.
    """

    name: str
    private: bool
    commits: dict[str, Commit] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    arrived: dict[str, bytes] = field(default_factory=dict)
    pull_requests: list[PullRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._show(MAIN, None, "initial commit", {".gitattributes": Blob(ATTRIBUTES)})

    @property
    def head(self) -> Commit:
        """What readers of main see."""
        return self.commits[self.refs[MAIN]]

    @property
    def tags(self) -> dict[str, str]:
        """Name of a tag -> commit."""
        return self._named("refs/tags/")

    @property
    def branches(self) -> dict[str, str]:
        """Name of a branch -> commit."""
        return self._named("refs/heads/")

    def history(self) -> list[Commit]:
        """Commits of main, the newest first."""
        found: list[Commit] = []
        at: str | None = self.refs[MAIN]
        while at is not None:
            found.append(self.commits[at])
            at = found[-1].parent
        return found

    def commit(self, revision: str) -> Commit:
        """The commit of a branch, tag, ref or commit id. Raises UnknownError."""
        for ref in (revision, f"refs/heads/{revision}", f"refs/tags/{revision}"):
            if ref in self.refs:
                return self.commits[self.refs[ref]]
        if revision in self.commits:
            return self.commits[revision]
        raise UnknownError("RevisionNotFound", revision)

    def take(self, oid: str) -> bool:
        """Whether what arrived under this name has this sha256; it is an object then."""
        data = self.arrived.pop(oid, None)
        if data is None or hashlib.sha256(data).hexdigest() != oid:
            return False
        self.objects[oid] = data
        return True

    def change(
        self,
        ref: str,
        title: str,
        operations: Sequence[Mapping[str, Any]],
        parent: str | None = None,
    ) -> Commit:
        """Commit operations to a ref, all or none.

        Raises StaleParentError where `parent` is not its head, UnknownError for an object that was
        never uploaded or a path that is not there.
        """
        head = self.commit(ref)
        if parent is not None and parent != head.oid:
            raise StaleParentError(head.oid)
        tree = dict(head.tree)
        for operation in operations:
            self._apply(tree, operation["key"], operation["value"])
        return self._show(ref, head.oid, title, tree)

    def put(self, files: Mapping[str, bytes], title: str = "put") -> Commit:
        """Commit files as somebody at the web page would."""
        tree = {**self.head.tree, **{path: Blob(data) for path, data in files.items()}}
        return self._show(MAIN, self.head.oid, title, tree)

    def open_request(self, title: str) -> PullRequest:
        """A pull request whose ref starts at main."""
        request = PullRequest(len(self.pull_requests) + 1, title)
        self.pull_requests.append(request)
        self.refs[request.ref] = self.refs[MAIN]
        return request

    def merge(self, request: PullRequest) -> Commit:
        """Show a pull request on main by one commit. Raises StaleParentError on a conflict."""
        base = self._base(request)
        mine, theirs = (
            _changed(base.tree, it.tree) for it in (self.commit(request.ref), self.head)
        )
        if mine.keys() & theirs.keys():
            raise StaleParentError(self.head.oid)
        tree = dict(self.head.tree)
        for path, blob in mine.items():
            tree.pop(path, None)
            if blob is not None:
                tree[path] = blob
        request.status = "merged"
        return self._show(MAIN, self.head.oid, request.title, tree)

    def _apply(self, tree: dict[str, Blob], key: str, value: Mapping[str, Any]) -> None:
        path = value["path"]
        if key == "file":
            tree[path] = Blob(base64.b64decode(value["content"]))
        elif key == "lfsFile":
            if value["oid"] not in self.objects:
                raise UnknownError("EntryNotFound", f"object {value['oid']} was not uploaded")
            tree[path] = Blob(self.objects[value["oid"]], lfs=True)
        elif key == "deletedFile" and tree.pop(path, None) is None:
            raise UnknownError("EntryNotFound", path)

    def _show(self, ref: str, parent: str | None, title: str, tree: Tree) -> Commit:
        listed = sorted((path, blob.oid) for path, blob in tree.items())
        text = json.dumps([self.name, parent, title, listed])
        made = Commit(hashlib.sha1(text.encode()).hexdigest(), parent, title, dict(tree))
        self.commits[made.oid] = made
        self.refs[ref] = made.oid
        return made

    def _base(self, request: PullRequest) -> Commit:
        """The commit of main that a pull request was made on."""
        main = {commit.oid for commit in self.history()}
        at = self.commit(request.ref)
        while at.oid not in main:
            assert at.parent is not None
            at = self.commits[at.parent]
        return at

    def _named(self, start: str) -> dict[str, str]:
        return {
            ref.removeprefix(start): oid for ref, oid in self.refs.items() if ref.startswith(start)
        }


def _changed(before: Tree, after: Tree) -> dict[str, Blob | None]:
    """Path -> what it became, None where it went."""
    paths = before.keys() | after.keys()
    return {
        path: after.get(path)
        for path in paths
        if (before[path].oid if path in before else None)
        != (after[path].oid if path in after else None)
    }
