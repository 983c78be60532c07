"""The Hub itself: accounts, repositories, and which path is answered by what."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from threading import RLock, Thread
from typing import Any
from urllib.parse import parse_qs

import yaml

from tests.support.hub_server import answers
from tests.support.hub_server.answers import as_json, refusal
from tests.support.hub_server.faults import Fault, Faults
from tests.support.hub_server.repository import (
    MAIN,
    Repository,
    StaleParentError,
    UnknownError,
)
from tests.support.hub_server.wire import Ask, Handler, Say

TOKEN = "hf_loopback"
READER = "hf_loopback_reader"
OWNER = "owner"
LFS_FROM = 1_000
"""Bytes from which a file without a known ending is kept apart; a Parquet file always is."""

NAMED = re.compile(r"(?:/api)?/datasets/(?P<name>[^/]+/[^/]+?)(?P<git>\.git)?(?P<rest>/.*)?$")
READS = frozenset({"GET", "HEAD"})
READING_POSTS = ("/paths-info/", "/validate-yaml")


@dataclass(frozen=True)
class Seen:
    """A request that was made, at a second of the monotonic clock."""

    method: str
    path: str
    authorized: bool
    at: float

    @property
    def writes(self) -> bool:
        """Whether it could change anything."""
        return self.method not in READS and not any(it in self.path for it in READING_POSTS)


class HubServer:
    """A Hub on 127.0.0.1, up within `running`.

    `tokens` maps a token to its role (write, read); taking one out makes it an expired one. A
    listing has `page_size` entries a page; every answer takes `latency_s`.
    """

    def __init__(self, page_size: int = 1_000, latency_s: float = 0.0) -> None:
        self.repositories: dict[str, Repository] = {}
        self.tokens = {TOKEN: "write", READER: "read"}
        self.faults = Faults()
        self.seen: list[Seen] = []
        self.page_size = page_size
        self.latency_s = latency_s
        self.address = ""
        self._lock = RLock()

    def repository(self, name: str = "owner/name") -> Repository:
        """A data set that is there."""
        return self.repositories[name]

    def create(self, name: str, *, private: bool = False) -> Repository:
        """A new data set, as somebody at the web page would make it."""
        made = self.repositories[name] = Repository(name, private)
        return made

    def wrote(self) -> list[Seen]:
        """Requests that could change anything."""
        return [seen for seen in self.seen if seen.writes]

    def uploads(self) -> list[str]:
        """The sha256 of every object that was sent."""
        return [seen.path.rpartition("/")[2] for seen in self.seen if seen.path.startswith("/lfs/")]

    def expire(self) -> None:
        """From now on no token is known."""
        self.tokens.clear()

    def fault_of(self, method: str, path: str) -> Fault | None:
        """What goes wrong with a request."""
        return self.faults.next(method, path)

    def answer(self, ask: Ask) -> Say:
        """The answer to a request."""
        if self.latency_s:
            time.sleep(self.latency_s)  # a slow network, so that a kill falls between answers
        with self._lock:
            role = self.tokens.get(ask.headers.get("authorization", "").removeprefix("Bearer "))
            self.seen.append(Seen(ask.method, ask.path, role is not None, time.monotonic()))
            if ask.path.startswith("/lfs/"):
                return self._stored(ask)  # a signed address, as a storage host has them
            if "authorization" in ask.headers and role is None:
                return refusal(401, "Invalid credentials in Authorization header")
            try:
                return self._account(ask, role) or self._named(ask, role)
            except StaleParentError:
                return refusal(412, "A commit has happened since. Please refresh and try again.")
            except UnknownError as error:
                return refusal(404, str(error), error.code)

    def _account(self, ask: Ask, role: str | None) -> Say | None:
        """What is not about one data set."""
        if ask.path == "/api/whoami-v2":
            if role is None:
                return refusal(401, "Invalid credentials in Authorization header")
            token = {"displayName": "test", "role": role}
            return as_json({"type": "user", "name": OWNER, "auth": {"accessToken": token}})
        if ask.path == "/api/validate-yaml":
            return _card_checked(json.loads(ask.body)["content"])
        if ask.path == "/api/repos/create":
            return self._created(json.loads(ask.body), role)
        return None

    def _created(self, asked: Mapping[str, Any], role: str | None) -> Say:
        name = f"{asked.get('organization') or OWNER}/{asked['name']}"
        if role != "write" or not name.startswith(f"{OWNER}/"):
            return refusal(
                403, "You don't have the rights to create a dataset under this namespace"
            )
        url = {"url": f"{self.address}/datasets/{name}", "name": name}
        if name in self.repositories:
            return as_json({**url, "error": "You already created this dataset repo"}, 409)
        private = asked.get("visibility") == "private" or bool(asked.get("private"))
        self.create(name, private=private)
        return as_json(url)

    def _named(self, ask: Ask, role: str | None) -> Say:
        found = NAMED.fullmatch(ask.path)
        repository = self.repositories.get(found["name"]) if found else None
        if not found or repository is None or (repository.private and role is None):
            return refusal(401 if role is None else 404, "Repository not found", "RepoNotFound")
        rest = found["rest"] or ""
        if found["git"]:
            return self._objects(ask, repository, rest, role)
        if ask.method in READS or "paths-info" in rest:
            return self._read(ask, repository, rest)
        if role != "write" or not repository.name.startswith(f"{OWNER}/"):
            return refusal(403, "Authorization error.")
        return self._write(ask, repository, rest)

    def _read(self, ask: Ask, repository: Repository, rest: str) -> Say:
        verb, _, tail = rest.strip("/").partition("/")
        if verb == "resolve":
            revision, path = _split(repository, tail)
            commit = repository.commit(revision)
            if path not in commit.tree:
                return refusal(404, "Entry not found", "EntryNotFound")
            return answers.content(commit.tree[path], commit, ask.headers.get("range"))
        if verb == "refs":
            return as_json(_refs(repository))
        if verb == "tree":
            return self._tree(ask, repository, tail)
        if verb == "paths-info":
            tree, paths = repository.commit(tail).tree, _asked_paths(ask.body)
            return as_json([answers.entry(path, tree[path]) for path in paths if path in tree])
        if verb in {"", "revision"}:
            return answers.info(repository, repository.commit(tail or "main"))
        return refusal(404, "Entry not found", "EntryNotFound")

    def _tree(self, ask: Ask, repository: Repository, tail: str) -> Say:
        revision, below = _split(repository, tail)
        recursive = ask.query.get("recursive", "").lower() in {"true", "1"}
        rows = answers.listing(repository.commit(revision).tree, below, recursive=recursive)
        if below and not rows:
            return refusal(404, "Entry not found", "EntryNotFound")
        return answers.page(rows, ask, self.address, self.page_size)

    def _write(self, ask: Ask, repository: Repository, rest: str) -> Say:
        verb, _, tail = rest.strip("/").partition("/")
        asked = {} if verb == "commit" or not ask.body else json.loads(ask.body)
        if verb == "preupload":
            return _upload_modes(repository, tail, asked)
        if verb == "commit":
            return self._committed(ask, repository, tail)
        if verb == "tag":
            return _tagged(ask, repository, tail, asked)
        if verb == "settings":
            repository.private = asked.get("visibility", "") == "private" or asked.get(
                "private", False
            )
            return as_json({"private": repository.private})
        if verb == "discussions":
            number, _, change = tail.partition("/")
            request = repository.pull_requests[int(number) - 1]
            if change == "merge":
                repository.merge(request)
                return as_json({})
        return refusal(404, "Not found")

    def _committed(self, ask: Ask, repository: Repository, revision: str) -> Say:
        header, *operations = (json.loads(line) for line in ask.body.splitlines())
        title, parent = header["value"]["summary"], header["value"].get("parentCommit")
        url: dict[str, Any] = {}
        ref = MAIN if revision == "main" else revision
        if ask.query.get("create_pr") == "1":
            if parent not in (None, repository.head.oid):
                raise StaleParentError(repository.head.oid)
            request = repository.open_request(title)
            ref = request.ref
            url = {
                "pullRequestUrl": f"{self.address}/datasets/{repository.name}"
                f"/discussions/{request.num}"
            }
        made = repository.change(ref, title, operations, parent)
        page = f"{self.address}/datasets/{repository.name}/commit/{made.oid}"
        return as_json({"commitUrl": page, "commitOid": made.oid, **url})

    def _objects(self, ask: Ask, repository: Repository, rest: str, role: str | None) -> Say:
        """The batch endpoint says where what is missing goes; verify says whether it arrived."""
        if role != "write":
            return refusal(403, "Authorization error.")
        asked = json.loads(ask.body)
        if rest.endswith("/verify"):
            if not repository.take(asked["oid"]):
                return refusal(422, "the object that arrived is not the one that was told")
            return as_json({})
        told = []
        for item in asked["objects"]:
            one = {"oid": item["oid"], "size": item["size"]}
            if item["oid"] not in repository.objects:
                href = f"{self.address}/lfs/{repository.name}/{item['oid']}"
                check = f"{self.address}/datasets/{repository.name}.git/info/lfs/verify"
                one["actions"] = {"upload": {"href": href}, "verify": {"href": check}}
            told.append(one)
        return as_json({"transfer": "basic", "objects": told})

    def _stored(self, ask: Ask) -> Say:
        name, _, oid = ask.path.removeprefix("/lfs/").rpartition("/")
        self.repositories[name].arrived[oid] = ask.body
        return Say(200)


class _Server(ThreadingHTTPServer):
    """A thread a connection; a client that was killed is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running(hub: HubServer | None = None) -> Iterator[HubServer]:
    """A Hub that answers on loopback while the block runs."""
    hub = hub or HubServer()
    kind: Callable[..., Handler] = type(
        "Bound",
        (Handler,),
        {"answer": staticmethod(hub.answer), "fault": staticmethod(hub.fault_of)},
    )
    server = _Server(("127.0.0.1", 0), kind)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _split(repository: Repository, tail: str) -> tuple[str, str]:
    """Revision and path; a ref such as refs/pr/1 has slashes of its own."""
    for ref in repository.refs:
        if tail == ref or tail.startswith(f"{ref}/"):
            return ref, tail.removeprefix(ref).strip("/")
    revision, _, path = tail.partition("/")
    return revision, path


def _asked_paths(body: bytes) -> list[str]:
    try:
        paths: list[str] = json.loads(body)["paths"]
    except ValueError:
        paths = parse_qs(body.decode())["paths"]
    return paths


def _refs(repository: Repository) -> dict[str, Any]:
    def told(kind: str, names: Mapping[str, str]) -> list[dict[str, str]]:
        return [
            {"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": oid}
            for name, oid in names.items()
        ]

    heads, tags = told("heads", repository.branches), told("tags", repository.tags)
    return {"branches": heads, "tags": tags, "converts": []}


def _tagged(ask: Ask, repository: Repository, tail: str, asked: Mapping[str, Any]) -> Say:
    if ask.method == "DELETE":
        return as_json({"deleted": repository.refs.pop(f"refs/tags/{tail}", None) is not None})
    if asked["tag"] in repository.tags:
        return refusal(409, "Tag reference exists already")
    repository.refs[f"refs/tags/{asked['tag']}"] = repository.commit(tail).oid
    return as_json({})


def _upload_modes(repository: Repository, revision: str, asked: Mapping[str, Any]) -> Say:
    tree = repository.commit(revision).tree
    told = []
    for file in asked["files"]:
        path = file["path"]
        apart = path.endswith(".parquet") or (
            file["size"] >= LFS_FROM and not path.endswith((".md", ".json", ".toml"))
        )
        one = {"path": path, "uploadMode": "lfs" if apart else "regular", "shouldIgnore": False}
        if path in tree:
            one["oid"] = tree[path].sha256 if tree[path].lfs else tree[path].oid
        told.append(one)
    return as_json({"files": told})


def _card_checked(text: str) -> Say:
    """What the Hub says of a card's metadata: unreadable YAML and odd configs are errors."""
    errors = []
    parts = text.split("---\n", 2)
    try:
        values = yaml.safe_load(parts[1]) if len(parts) == 3 else {}
    except yaml.YAMLError as error:
        values, errors = {}, [{"message": str(error)}]
    configs = values.get("configs", [])
    if not isinstance(configs, list) or any("config_name" not in config for config in configs):
        errors.append({"message": '"configs" must be a list of objects with "config_name"'})
    return as_json({"errors": errors, "warnings": []}, 400 if errors else 200)
