"""What the Hub answers: errors with their codes, and files as it lists them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.hub_server.repository import Blob, Commit, Repository
from tests.support.hub_server.wire import Ask, Say


def as_json(value: Any, status: int = 200, **headers: str) -> Say:
    """An answer with a JSON body."""
    return Say(status, json.dumps(value).encode(), headers)


def refusal(status: int, text: str, code: str = "") -> Say:
    """An error as the Hub words it."""
    headers = {"X-Error-Message": text, **({"X-Error-Code": code} if code else {})}
    return as_json({"error": text}, status, **headers)


def info(repository: Repository, commit: Commit) -> Say:
    """A data set at one commit."""
    siblings = [{"rfilename": path} for path in sorted(commit.tree)]
    return as_json(
        {
            "id": repository.name,
            "sha": commit.oid,
            "private": repository.private,
            "siblings": siblings,
            "tags": [],
        }
    )


def entry(path: str, blob: Blob) -> dict[str, Any]:
    """A file in a listing."""
    told: dict[str, Any] = {"type": "file", "path": path, "size": len(blob.data), "oid": blob.oid}
    if blob.lfs:
        told["lfs"] = {"oid": blob.sha256, "size": len(blob.data), "pointerSize": 134}
    return told


def listing(tree: Mapping[str, Blob], below: str, *, recursive: bool) -> list[dict[str, Any]]:
    """Files and folders below a folder, all of them or its own, by path."""
    start = f"{below}/" if below else ""
    found: dict[str, dict[str, Any]] = {}
    for path, blob in tree.items():
        if not path.startswith(start):
            continue
        parts = path.removeprefix(start).split("/")
        for depth in range(1, len(parts) if recursive else 2):
            folder = start + "/".join(parts[:depth])
            if depth < len(parts):
                found[folder] = {"type": "directory", "path": folder, "size": 0, "oid": "0" * 40}
        if recursive or len(parts) == 1:
            found[path] = entry(path, blob)
    return [found[path] for path in sorted(found)]


def page(rows: Sequence[Any], ask: Ask, address: str, size: int) -> Say:
    """One page of a listing, with the address of the next in a Link header."""
    start = int(ask.query.get("cursor", "0"))
    said = as_json(list(rows[start : start + size]))
    if start + size >= len(rows):
        return said
    query = "&".join(f"{k}={v}" for k, v in {**ask.query, "cursor": str(start + size)}.items())
    link = f'<{address}{ask.path}?{query}>; rel="next"'
    return Say(said.status, said.body, {**said.headers, "Link": link})


def content(blob: Blob, commit: Commit, asked: str | None) -> Say:
    """A file or a range of it."""
    first, last, whole = 0, len(blob.data) - 1, len(blob.data)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Type": "application/octet-stream",
        "ETag": f'"{blob.sha256 if blob.lfs else blob.oid}"',
        "X-Repo-Commit": commit.oid,
    }
    if not asked:
        return Say(200, blob.data, headers)
    start, _, end = asked.removeprefix("bytes=").partition("-")
    if start:
        first, last = int(start), min(int(end or last), last)
    else:
        first = max(0, whole - int(end))
    if first >= whole:
        return Say(416, b"", {"Content-Range": f"bytes */{whole}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{whole}"
    return Say(206, blob.data[first : last + 1], headers)
