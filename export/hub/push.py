"""The push: objects first, in batches nobody sees, then one visible step, then the tag.

Readers of main see the old version or the new one, whole, whenever the push is killed; the next one
goes on, since the Hub keeps objects and says which it has. Too many changes for one commit go
through a pull request, whose merge is the visible step.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from export.hub.changes import Changes, Head, changes_of, touched
from export.hub.client import HubClient, addition, quiet
from export.hub.faults import AGAIN, StaleParentError
from export.hub.files import LocalFile
from schemas.errors import HubError

MOST_OPERATIONS = 10_000
BATCH_FILES, BATCH_BYTES = 50, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Push:
    """What to push: the files by their paths, the commit's message, and the tag it gets.

    `most_operations` is what one commit may hold.
    """

    files: Mapping[str, LocalFile]
    message: str
    tag: str
    public: bool = False
    most_operations: int = MOST_OPERATIONS


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of it: the commit that readers see now, what it changed, and who can see it."""

    revision: str
    url: str
    changes: Changes
    public: bool


def push(
    client: HubClient, given: Push, progress: Callable[[int], None] = lambda _bytes: None
) -> Pushed:
    """Make the repository hold the files, tagged; `progress` is told how many bytes are there.

    A push that changes nothing makes no commit. Raises HubError.
    """
    with quiet():
        client.refuse_reader()
        head = client.head()
        refuse_public(head, given, client.repo)
        if head is None:
            client.create(private=not given.public)
            head = _there(client)
            refuse_public(head, given, client.repo)
        changes = changes_of(given.files, head, client.repo)
        if changes:
            head = _changed(client, given, head, progress)
        if given.public and head.private:
            client.make_public()
        if client.tags().get(given.tag) != head.commit:
            client.tag(given.tag, head.commit)
    return Pushed(head.commit, client.url, changes, given.public)


def refuse_public(head: Head | None, given: Push, repo: str) -> None:
    """Raise HubError where everybody would see what nobody said they may."""
    if head is not None and not head.private and not given.public:
        raise HubError(f"{repo} is public", "add --public, or push to another repository")


def _changed(client: HubClient, given: Push, head: Head, progress: Callable[[int], None]) -> Head:
    """The new head. A head that moved meanwhile is read again, once."""
    try:
        return _sent(client, given, head, progress)
    except StaleParentError:
        now = _there(client)
    if not changes_of(given.files, now, client.repo):
        return now  # our own commit, whose answer was lost
    clash = touched(head, now, given.files)
    if clash:
        raise HubError(f"{client.repo}: {clash[0]} was changed while this push ran", AGAIN)
    try:
        return _sent(client, given, now, progress)
    except StaleParentError as error:
        raise HubError(f"{client.repo} is being changed by others", AGAIN) from error


def _sent(client: HubClient, given: Push, head: Head, progress: Callable[[int], None]) -> Head:
    """Send what the head lacks, show it by one step, and look whether all is there."""
    changes = changes_of(given.files, head, client.repo)
    additions = {path: addition(given.files[path]) for path in changes.sent}
    sent = 0
    for batch in batches([given.files[path] for path in changes.sent]):
        client.upload([additions[file.path] for file in batch])
        sent += sum(file.content.size for file in batch)
        progress(sent)
    operations = len(additions) + len(changes.deleted)
    if operations <= given.most_operations:
        commit = client.commit(
            list(additions.values()), changes.deleted, given.message, parent=head.commit
        )
    else:
        commit = _merged(client, given, head, changes)
    return _whole(client, given, commit)


def _merged(client: HubClient, given: Push, head: Head, changes: Changes) -> str:
    """Commit part after part to a pull request, then merge it."""
    paths = [*changes.sent, *changes.deleted]
    number = None
    for start in range(0, len(paths), given.most_operations):
        part = paths[start : start + given.most_operations]
        added = [addition(given.files[path]) for path in part if path in given.files]
        deleted = [path for path in part if path not in given.files]
        if number is None:
            number = client.open_request(added, deleted, given.message, head.commit)
        else:
            client.commit(added, deleted, given.message, revision=f"refs/pr/{number}")
    client.merge(number or 0)
    return _there(client).commit


def batches(files: Sequence[LocalFile]) -> Iterator[list[LocalFile]]:
    """The files in their order, so many and so large at a time; never an empty batch."""
    batch: list[LocalFile] = []
    for file in files:
        size = sum(it.content.size for it in batch) + file.content.size
        if batch and (len(batch) == BATCH_FILES or size > BATCH_BYTES):
            yield batch
            batch = []
        batch.append(file)
    if batch:
        yield batch


def _whole(client: HubClient, given: Push, commit: str) -> Head:
    """The commit as it is there. Raises HubError where the Hub left a file out."""
    found = client.head(commit)
    if found is None:
        raise HubError(f"{client.repo} went away while this push ran", "push again")
    left = [
        path
        for path, file in given.files.items()
        if path not in found.files or not found.files[path].holds(file.content)
    ]
    if left:
        raise HubError(f"{client.repo}: the Hub left out {left[0]}", "is there a .gitignore in it?")
    return found


def _there(client: HubClient) -> Head:
    head = client.head()
    if head is None:
        raise HubError(f"{client.repo} is not there any more", "push again")
    return head
