"""The Files API: resumable uploads, downloads, and files that live for two days."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.judge_server.bodies import as_json, gemini_error
from tests.support.judge_server.wire import Ask, Say

Json = dict[str, Any]
LIFE_S = 48 * 3600.0


@dataclass(slots=True)
class Stored:
    """One file. `ends` is when it is deleted, in seconds since the epoch."""

    name: str
    mime_type: str
    display_name: str
    ends: float
    data: bytearray = field(default_factory=bytearray)

    def card(self, base_url: str) -> Json:
        """The file's resource."""
        return {
            "name": self.name,
            "displayName": self.display_name,
            "mimeType": self.mime_type,
            "sizeBytes": str(len(self.data)),
            "expirationTime": datetime.fromtimestamp(self.ends, UTC).isoformat(),
            "sha256Hash": hashlib.sha256(self.data).hexdigest(),
            "uri": f"{base_url}/v1beta/{self.name}",
            "state": "ACTIVE",
        }


class Files:
    """All files of the server."""

    def __init__(self, life_s: float) -> None:
        self.life_s = life_s
        self.stored: dict[str, Stored] = {}
        self._uploads: dict[str, Stored] = {}

    def add(self, name: str, data: bytes) -> None:
        """Put a file of the server's own there."""
        ends = time.time() + self.life_s
        self.stored[name] = Stored(name, "application/jsonl", name, ends, bytearray(data))

    def alive(self, name: str) -> Stored | None:
        """The file, unless it never was or its time is over."""
        found = self.stored.get(name)
        return found if found is not None and found.ends > time.time() else None

    def upload(self, ask: Ask, base_url: str) -> Say:
        """One step of a resumable upload."""
        command = ask.headers.get("x-goog-upload-command", "")
        if command == "start":
            return self._start(ask, base_url)
        upload = ask.query.removeprefix("upload_id=")
        file = self._uploads.get(upload)
        if file is None or int(ask.headers["x-goog-upload-offset"]) != len(file.data):
            return gemini_error(400, "INVALID_ARGUMENT", "Upload has been terminated.")
        file.data += ask.body
        if "finalize" not in command:
            return Say(200, headers={"X-Goog-Upload-Status": "active"})
        self.stored[file.name] = self._uploads.pop(upload)
        say = as_json({"file": file.card(base_url)})
        say.headers["X-Goog-Upload-Status"] = "final"
        return say

    def _start(self, ask: Ask, base_url: str) -> Say:
        about = json.loads(ask.body or b"{}").get("file", {})
        upload = f"{len(self._uploads) + len(self.stored):012x}"
        mime = ask.headers.get("x-goog-upload-header-content-type", "")
        name = about.get("name") or f"files/f{upload}"
        ends = time.time() + self.life_s
        self._uploads[upload] = Stored(name, mime, about.get("displayName", ""), ends)
        url = f"{base_url}{ask.path}?upload_id={upload}"
        return Say(200, headers={"X-Goog-Upload-URL": url, "X-Goog-Upload-Status": "active"})

    def answer(self, ask: Ask, name: str, base_url: str) -> Say:
        """GET and DELETE of a file, and the download of its bytes."""
        name, _, verb = name.partition(":")
        file = self.alive(name)
        if file is None:
            return gone(name)
        if ask.method == "DELETE":
            del self.stored[name]
            return as_json({})
        if verb == "download":
            return Say(200, bytes(file.data), {"Content-Type": "application/octet-stream"})
        return as_json(file.card(base_url))


def gone(name: str) -> Say:
    """What the service says about a file that is not there or not yours."""
    plain = name.removeprefix("files/")
    text = f"You do not have permission to access the File {plain} or it may not exist."
    return gemini_error(403, "PERMISSION_DENIED", text)
