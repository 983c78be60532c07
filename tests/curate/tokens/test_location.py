"""Where a tokenizer is found, and that a build depends on its files and on nothing else of it."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from curate.inputs import read_inputs
from curate.tokens.location import digest_of, located
from curate.workspace import Workspace
from schemas.errors import ConfigError
from tests.support.workspaces import Bench

COMMIT = "d" * 40
FILES = {"tokenizer.json": b"{}", "tokenizer_config.json": b'{"a": 1}', "weights.safetensors": b"0"}


@pytest.fixture
def named(tmp_path: Path) -> Callable[[str], Workspace]:
    """A workspace that names a tokenizer."""
    return lambda name: Bench(tmp_path).write(f"pairs.tokenizer={json.dumps(name)}")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the Hub, whose address leads nowhere."""
    folder = tmp_path / "cache"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(folder))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    return folder


@pytest.fixture
def hub(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A Hub with the model owner/tiny, nothing of which is in the cache; what was asked for."""
    assert not cache.exists()
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            name = self.path.removeprefix(f"/owner/tiny/resolve/{COMMIT}/")
            if self.path.startswith("/api/models/owner/tiny/revision/"):
                siblings = [{"rfilename": it} for it in FILES]
                found = {"id": "owner/tiny", "sha": COMMIT, "siblings": siblings}
                self._send(json.dumps(found).encode())
            elif self.path.startswith(f"/api/models/owner/tiny/tree/{COMMIT}"):
                self._send(json.dumps([_entry(it) for it in FILES]).encode())
            elif name in FILES:
                self._send(FILES[name], ETag=f'"{name}"')
            else:
                self._send(b"{}", 404, **{"X-Error-Code": "RepoNotFound"})

        do_HEAD = do_GET  # noqa: N815 - the name http.server calls

        def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
            self.send_response(status)
            headers |= {"Content-Length": str(len(body)), "X-Repo-Commit": COMMIT}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
    template = f"{address}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template)
    yield asked
    server.shutdown()
    server.server_close()
    thread.join()


def _entry(name: str) -> dict[str, object]:
    return {"type": "file", "path": name, "size": len(FILES[name]), "oid": "0" * 40}


def written(folder: Path, **files: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("_json", ".json")).write_bytes(content)
    return folder


def test_a_relative_folder_lies_in_the_workspace(
    named: Callable[[str], Workspace], tmp_path: Path
) -> None:
    folder = written(tmp_path / "models" / "mine", tokenizer_json=b"{}")
    assert located(named("models/mine"), fetch=True) == folder
    assert located(named(str(folder)), fetch=True) == folder


def test_no_tokenizer_is_no_input(tmp_path: Path) -> None:
    workspace = Bench(tmp_path).write()
    assert located(workspace, fetch=True) is None
    assert "tokenizer" not in {file.path for file in read_inputs(workspace).files}


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all", "a/b/c"])
def test_a_path_that_is_not_there_is_never_looked_for_on_the_hub(
    named: Callable[[str], Workspace], name: str, hub: list[str]
) -> None:
    with pytest.raises(ConfigError, match="is no folder; name a folder with a tokenizer"):
        located(named(name), fetch=True)
    assert hub == []


def test_a_build_depends_on_the_files_and_on_no_weights(
    named: Callable[[str], Workspace], tmp_path: Path
) -> None:
    folder = written(tmp_path / "mine", tokenizer_json=b"{}", chat_template_json=b"a")
    workspace = named("mine")
    before = read_inputs(workspace).build_id(workspace.settings)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "state.json").write_bytes(b"later")
    assert read_inputs(workspace).build_id(workspace.settings) == before
    (folder / "tokenizer.json").write_bytes(b"{ }")
    assert read_inputs(workspace).build_id(workspace.settings) != before


def test_equal_files_have_one_digest_wherever_they_lie(tmp_path: Path) -> None:
    one, other, third = (
        written(tmp_path / name, tokenizer_json=content, a_json=b"")
        for name, content in (("one", b"x"), ("other", b"x"), ("third", b"y"))
    )
    assert digest_of(one) == digest_of(other) != digest_of(third)


def test_a_tokenizer_of_the_hub_is_fetched_once_without_its_weights(
    named: Callable[[str], Workspace], hub: list[str], cache: Path
) -> None:
    workspace = named("owner/tiny")
    assert located(workspace, fetch=False) is None
    assert hub == []
    folder = located(workspace, fetch=True)
    assert folder is not None
    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)[:2]
    assert folder.is_relative_to(cache)
    asked = len(hub)
    assert asked
    assert located(workspace, fetch=True) == located(workspace, fetch=False) == folder
    assert len(hub) == asked


def test_a_revision_is_asked_for_by_name(named: Callable[[str], Workspace], hub: list[str]) -> None:
    located(named("owner/tiny@v2"), fetch=True)
    assert hub[0] == "GET /api/models/owner/tiny/revision/v2"


def test_a_model_that_the_hub_lacks_is_said(
    named: Callable[[str], Workspace], hub: list[str]
) -> None:
    with pytest.raises(ConfigError, match=r"'owner/other': neither a folder nor on the Hub \("):
        located(named("owner/other"), fetch=True)
    assert hub


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    ("name", "reason"), [("owner/tiny", "cannot be reached"), ("ow ner/tiny", "Repo id must")]
)
def test_without_the_hub_the_name_and_the_reason_are_said(
    named: Callable[[str], Workspace], name: str, reason: str
) -> None:
    with pytest.raises(ConfigError, match=reason):
        located(named(name), fetch=True)
