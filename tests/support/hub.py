"""A Hub on loopback that serves one data set's files: enough for `datasets` to stream them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

REPO = "owner/name"
COMMIT = "c" * 40
API, FILES = f"/api/datasets/{REPO}", f"/datasets/{REPO}/resolve"


@contextmanager
def hub_of(files: Mapping[str, bytes]) -> Iterator[str]:
    """The address of a Hub with the data set `owner/name` at one commit."""
    handler = type("Handler", (_Handler,), {"files": files})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    files: Mapping[str, bytes] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.startswith(f"{API}/tree/"):
            self._tree(path)
        elif path == API or path.startswith(f"{API}/revision/"):
            self._info(path)
        elif path.startswith((f"{FILES}/{COMMIT}/", f"{FILES}/main/")):
            self._file(path.removeprefix(f"{FILES}/").partition("/")[2])
        else:
            self._missing("RepoNotFound")

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not urlsplit(self.path).path.startswith(f"{API}/paths-info/"):
            self._missing("RepoNotFound")
            return
        try:
            paths = json.loads(body)["paths"]
        except ValueError:
            paths = parse_qs(body.decode())["paths"]
        self._json([_entry(path, self.files[path]) for path in paths if path in self.files])

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""

    def _info(self, path: str) -> None:
        revision = path.rpartition("/")[2] if "/revision/" in path else "main"
        if revision not in ("main", COMMIT):
            self._missing("RevisionNotFound")
            return
        siblings = [{"rfilename": name} for name in self.files]
        self._json({"id": REPO, "sha": COMMIT, "siblings": siblings, "tags": []})

    def _tree(self, path: str) -> None:
        below = path.removeprefix(f"{API}/tree/").partition("/")[2]
        within = f"{below}/" if below else ""
        found = {name: data for name, data in self.files.items() if name.startswith(within)}
        if within and not found:
            self._missing("EntryNotFound")
            return
        ends = {name.removeprefix(within).partition("/")[0] for name in found}
        folders = [within + end for end in sorted(ends) if within + end not in found]
        files = [_entry(within + end, found[within + end]) for end in ends if within + end in found]
        self._json([{"type": "directory", "path": path, "oid": ""} for path in folders] + files)

    def _file(self, name: str) -> None:
        if name not in self.files:
            self._missing("EntryNotFound")
            return
        data = self.files[name]
        first, last = 0, len(data) - 1
        asked = self.headers.get("Range")
        if asked:
            start, _, end = asked.removeprefix("bytes=").partition("-")
            first, last = int(start), min(int(end or last), last)
        self._send(
            206 if asked else 200, data[first : last + 1], f"bytes {first}-{last}/{len(data)}"
        )

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode())

    def _missing(self, code: str) -> None:
        self._send(404, b"{}", code=code)

    def _send(self, status: int, body: bytes, part: str = "", code: str = "") -> None:
        self.send_response(status)
        headers = {
            "Content-Length": str(len(body)),
            "Content-Range": part,
            "Accept-Ranges": "bytes",
            "ETag": f'"{hashlib.sha1(body).hexdigest()}"',
            "X-Repo-Commit": COMMIT,
            "X-Error-Code": code,
        }
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _entry(path: str, data: bytes) -> dict[str, object]:
    return {
        "type": "file",
        "path": path,
        "size": len(data),
        "oid": hashlib.sha1(data).hexdigest(),
    }
