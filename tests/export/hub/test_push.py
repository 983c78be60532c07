"""Pushes through the real client to a Hub on loopback, and what goes wrong on the way."""

from pathlib import Path

import pytest

from export.hub.client import addition, check_name
from export.hub.files import LocalFile, files_below
from export.hub.push import BATCH_FILES, Push, Pushed, batches, push
from export.hub.record import write_record
from schemas.errors import HubError
from tests.support.hub_server.faults import Fault
from tests.support.hub_server.server import READER, TOKEN, HubServer
from tests.support.hub_site import client

TAG = "a" * 32
DATA = {"data/train-00000-of-00001.parquet": "pairs", "README.md": "a card"}


def staged(folder: Path, contents: dict[str, str], build_id: str = TAG) -> Push:
    for path, text in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    write_record(folder, files_below(folder), build_id, "1")
    return Push(files_below(folder), "a message", build_id)


def pushed(hub: HubServer, folder: Path, contents: dict[str, str], build_id: str = TAG) -> Pushed:
    return push(client(hub), staged(folder, contents, build_id))


def shown(hub: HubServer) -> dict[str, str]:
    """What readers of main see, but for the two files of bookkeeping."""
    tree = hub.repository().head.tree
    aside = (".gitattributes", "pairwright/push.json")
    return {path: blob.data.decode() for path, blob in tree.items() if path not in aside}


def commits(hub: HubServer) -> int:
    return len(hub.repository().history())


def test_a_first_push_makes_a_private_repository_with_one_tagged_commit(
    hub: HubServer, tmp_path: Path
) -> None:
    found = pushed(hub, tmp_path, DATA)
    repository = hub.repository()
    assert shown(hub) == DATA
    assert (repository.private, commits(hub)) == (True, 2)
    assert repository.tags == {TAG: found.revision} == {TAG: repository.head.oid}
    assert repository.head.tree["data/train-00000-of-00001.parquet"].lfs
    assert all(seen.authorized for seen in hub.wrote() if not seen.path.startswith("/lfs/"))


def test_an_unchanged_push_writes_nothing(hub: HubServer, tmp_path: Path) -> None:
    first = pushed(hub, tmp_path, DATA)
    before = len(hub.wrote())
    again = pushed(hub, tmp_path, DATA)
    assert (again.revision, bool(again.changes)) == (first.revision, False)
    assert len(hub.wrote()) == before


def test_files_that_went_away_are_deleted_and_others_stay(hub: HubServer, tmp_path: Path) -> None:
    pushed(hub, tmp_path / "1", {**DATA, "data/train-00001-of-00002.parquet": "more"})
    hub.repository().put({"theirs.txt": b"mine"})
    pushed(hub, tmp_path / "2", DATA, "b" * 32)
    assert shown(hub) == {**DATA, "theirs.txt": "mine"}
    assert hub.repository().tags.keys() == {TAG, "b" * 32}


def test_objects_that_the_hub_has_are_not_sent_again(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.add(Fault("POST", "/commit/", status=403))
    with pytest.raises(HubError, match="may not write to owner/name"):
        pushed(hub, tmp_path, DATA)
    assert len(hub.uploads()) == 1
    assert shown(hub) == {}
    pushed(hub, tmp_path, DATA)
    assert len(hub.uploads()) == 1
    assert shown(hub) == DATA


def test_a_lost_tag_is_set_by_the_next_push(hub: HubServer, tmp_path: Path) -> None:
    found = pushed(hub, tmp_path, DATA)
    del hub.repository().refs[f"refs/tags/{TAG}"]
    assert not pushed(hub, tmp_path, DATA).changes
    assert hub.repository().tags == {TAG: found.revision}


def test_the_tag_of_a_build_goes_to_its_newest_commit(hub: HubServer, tmp_path: Path) -> None:
    pushed(hub, tmp_path, DATA)
    found = pushed(hub, tmp_path, {**DATA, "README.md": "a better card"})
    assert hub.repository().tags == {TAG: found.revision}


def test_a_tag_that_stayed_behind_goes_to_the_head(hub: HubServer, tmp_path: Path) -> None:
    old = pushed(hub, tmp_path, DATA)
    new = pushed(hub, tmp_path, {**DATA, "README.md": "a better card"})
    hub.repository().refs[f"refs/tags/{TAG}"] = old.revision
    assert not pushed(hub, tmp_path, {**DATA, "README.md": "a better card"}).changes
    assert hub.repository().tags == {TAG: new.revision}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/whoami-v2"),
        ("GET", "/revision/main"),
        ("GET", "/tree/"),
        ("POST", "/repos/create"),
        ("POST", "/preupload/"),
        ("POST", "/objects/batch"),
        ("PUT", "/lfs/"),
        ("POST", "/lfs/verify"),
        ("POST", "/validate-yaml"),
        ("POST", "/commit/"),
        ("GET", "/refs"),
        ("POST", "/tag/"),
    ],
)
@pytest.mark.parametrize("way", ["429", "500", "cut"])
def test_what_passes_is_tried_again(
    hub: HubServer, tmp_path: Path, waits: list[float], method: str, path: str, way: str
) -> None:
    fault = Fault(method, path, way="cut") if way == "cut" else Fault(method, path, status=int(way))
    if way == "429":
        fault.headers = {"Retry-After": "7"}
    hub.faults.add(fault)
    pushed(hub, tmp_path, DATA)
    assert shown(hub) == DATA
    assert hub.repository().tags.keys() == {TAG}
    assert commits(hub) == 2
    assert waits
    if way == "429":
        assert waits[0] >= 7


@pytest.mark.parametrize("path", ["/commit/", "/tag/", "/repos/create"])
def test_an_answer_that_was_lost_does_nothing_twice(
    hub: HubServer, tmp_path: Path, path: str
) -> None:
    hub.faults.add(Fault("POST", path, way="lost"))
    found = pushed(hub, tmp_path, DATA)
    assert shown(hub) == DATA
    assert commits(hub) == 2
    assert hub.repository().tags == {TAG: found.revision}


def test_a_hub_that_stays_down_is_one_line(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.add(Fault("POST", "/commit/", status=503, times=99))
    with pytest.raises(HubError, match=r"busy or down \(503: told to fail\); wait a little"):
        pushed(hub, tmp_path, DATA)
    assert shown(hub) == {}


def test_an_upload_that_arrives_with_other_bytes_is_never_shown(
    hub: HubServer, tmp_path: Path
) -> None:
    hub.faults.add(Fault("PUT", "/lfs/", way="corrupt"))
    with pytest.raises(HubError, match="the object that arrived is not the one that was told"):
        pushed(hub, tmp_path, DATA)
    assert shown(hub) == {}
    pushed(hub, tmp_path, DATA)
    assert shown(hub) == DATA


def test_a_head_that_moved_elsewhere_is_read_again(hub: HubServer, tmp_path: Path) -> None:
    theirs = lambda: hub.repository().put({"theirs.txt": b"mine"})  # noqa: E731 - one line
    hub.faults.add(Fault("POST", "/commit/", way="call", run=theirs))
    pushed(hub, tmp_path, DATA)
    assert shown(hub) == {**DATA, "theirs.txt": "mine"}


def test_a_head_that_others_keep_moving_is_an_error(hub: HubServer, tmp_path: Path) -> None:
    count = iter(range(9))
    theirs = lambda: hub.repository().put({f"{next(count)}.txt": b""})  # noqa: E731 - one line
    hub.faults.add(Fault("POST", "/commit/", way="call", run=theirs, times=9))
    with pytest.raises(HubError, match="owner/name is being changed by others; run it again"):
        pushed(hub, tmp_path, DATA)


def test_a_file_of_ours_that_others_change_meanwhile_is_an_error(
    hub: HubServer, tmp_path: Path
) -> None:
    pushed(hub, tmp_path, DATA)
    theirs = lambda: hub.repository().put({"README.md": b"edited"})  # noqa: E731 - one line
    hub.faults.add(Fault("POST", "/commit/", way="call", run=theirs))
    with pytest.raises(HubError, match=r"README.md was changed while this push ran; run it again"):
        pushed(hub, tmp_path, {**DATA, "README.md": "a better card"})
    assert shown(hub)["README.md"] == "edited"
    again = pushed(hub, tmp_path, {**DATA, "README.md": "a better card"})
    assert again.changes.overwritten == ("README.md",)
    assert shown(hub)["README.md"] == "a better card"


def test_a_token_that_expires_on_the_way_shows_nothing(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.add(Fault("PUT", "/lfs/", way="call", run=hub.expire))
    with pytest.raises(HubError, match="does not know HF_TOKEN") as caught:
        pushed(hub, tmp_path, DATA)
    assert TOKEN not in str(caught.value)
    assert shown(hub) == {}
    hub.tokens[TOKEN] = "write"
    pushed(hub, tmp_path, DATA)
    assert shown(hub) == DATA


@pytest.mark.parametrize(
    ("token", "repo", "says"),
    [
        ("hf_nobody", "owner/name", "does not know HF_TOKEN"),
        (READER, "owner/name", "HF_TOKEN can only read"),
        (TOKEN, "somebody/name", "may not write to somebody/name"),
    ],
)
def test_a_token_without_the_right_is_told_before_anything_is_sent(
    hub: HubServer, tmp_path: Path, token: str, repo: str, says: str
) -> None:
    with pytest.raises(HubError, match=says):
        push(client(hub, repo, token=token), staged(tmp_path, DATA))
    assert hub.repositories == {}
    assert hub.uploads() == []


def test_a_public_repository_wants_to_be_named_as_such(hub: HubServer, tmp_path: Path) -> None:
    hub.create("owner/name")
    with pytest.raises(HubError, match="owner/name is public; add --public"):
        pushed(hub, tmp_path, DATA)
    assert hub.wrote() == []


def test_a_public_repository_that_somebody_makes_meanwhile_gets_nothing(
    hub: HubServer, tmp_path: Path
) -> None:
    theirs = lambda: hub.create("owner/name")  # noqa: E731 - one line
    hub.faults.add(Fault("POST", "/repos/create", way="call", run=theirs))
    with pytest.raises(HubError, match="owner/name is public; add --public"):
        pushed(hub, tmp_path, DATA)
    assert (hub.uploads(), shown(hub)) == ([], {})


def test_a_private_repository_is_opened_after_the_commit(hub: HubServer, tmp_path: Path) -> None:
    pushed(hub, tmp_path, DATA)
    given = staged(tmp_path, {**DATA, "README.md": "a better card"})
    push(client(hub), Push(given.files, "m", TAG, public=True))
    assert not hub.repository().private
    order = [seen.path.split("/")[5] for seen in hub.wrote() if "/api/datasets" in seen.path]
    assert order.index("settings") > len(order) - 1 - order[::-1].index("commit")


def test_too_many_changes_for_a_commit_show_up_by_one_merge(hub: HubServer, tmp_path: Path) -> None:
    pushed(hub, tmp_path / "1", {"old.txt": "old"})
    many = {f"{n}.txt": str(n) for n in range(7)}
    given = staged(tmp_path / "2", many, "b" * 32)
    seen = []
    look = lambda: seen.append(shown(hub))  # noqa: E731 - one line
    hub.faults.add(Fault("POST", "/commit/", way="call", run=look, times=4))
    found = push(client(hub), Push(given.files, "m", "b" * 32, most_operations=3))
    assert seen == [{"old.txt": "old"}] * 3
    assert shown(hub) == many
    assert hub.repository().tags["b" * 32] == found.revision
    assert hub.repository().head.parent is not None


def test_a_listing_of_many_pages_is_read_whole(hub: HubServer, tmp_path: Path) -> None:
    hub.page_size = 3
    many = {f"{n}.txt": str(n) for n in range(20)}
    pushed(hub, tmp_path, many)
    assert not pushed(hub, tmp_path, many).changes


def test_the_hub_that_leaves_a_file_out_is_noticed(hub: HubServer, tmp_path: Path) -> None:
    def drop() -> None:
        tree = hub.repository().head.tree
        assert isinstance(tree, dict)
        tree.pop("README.md")

    # The look at the new commit is the second listing.
    hub.faults.add(Fault("GET", "/tree/", way="call", run=drop, skip=1))
    with pytest.raises(HubError, match=r"left out README.md"):
        pushed(hub, tmp_path, DATA)


def test_batches_are_bounded_by_count_and_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export.hub.push.BATCH_BYTES", 10)
    many = {f"{n:03}": "x" * size for n, size in enumerate([4, 4, 4, 30, 1] + [0] * 60)}
    files = list(staged(tmp_path, many).files.values())[:65]
    found = [[file.content.size for file in batch] for batch in batches(files)]
    assert found[:3] == [[4, 4], [4], [30]]
    assert len(found[3]) == BATCH_FILES
    assert sum(map(len, found)) == 65


def test_a_known_sha256_is_not_made_again(tmp_path: Path) -> None:
    staged(tmp_path, DATA)
    file = files_below(tmp_path)["README.md"]
    made = addition(LocalFile(file.path, file.at, file.content))
    assert made.upload_info.is_hashed
    assert made.upload_info.sha256.hex() == file.content.sha256


@pytest.mark.parametrize("name", ["name", "a/b/c", "owner/na me", "owner/..", "", "-x/y"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(HubError, match="give OWNER/NAME"):
        check_name(name)


def test_a_hub_that_is_not_there_is_one_line(hub: HubServer, tmp_path: Path) -> None:
    gone = client(hub)
    gone._api.endpoint = "http://127.0.0.1:9"
    with pytest.raises(HubError, match="the Hub cannot be reached; see to the network"):
        push(gone, staged(tmp_path, DATA))
