"""Keys and paths of this machine do not leave; texts that merely talk of paths do."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.pushing.secrets import Forbidden, refuse_secrets
from export.hub.files import files_below
from schemas.errors import BuildError

KEY = "key-of-a-test-0001"
MODEL = "openai//home/somebody/models/m"
FORBIDDEN = Forbidden({"OPENAI_API_KEY": KEY}, "/data/spaces/one")


def look(folder: Path) -> None:
    refuse_secrets(files_below(folder), FORBIDDEN)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("README.md", f"made with {KEY}", "the key OPENAI_API_KEY"),
        ("curate.toml", 'path = "/data/spaces/one/signatures"', "this workspace's folder"),
        ("README.md", "hf_" + "a" * 34, "what looks like a key"),
        ("croissant.json", '{"a": [{"b": "/home/somebody/set.jsonl"}]}', "a path of this machine"),
        ("manifest.json", '{"weights": {"openai//home/somebody/m": 1}}', "a path of this machine"),
        ("README.md", "rated by `openai//home/somebody/models/m`", "a path of this machine"),
        ("README.md", "| /home/somebody/set.jsonl | 3 |", "a path of this machine"),
        ("manifest.json", '{"source": "C:\\\\Users\\\\anna\\\\set.csv"}', "a path of this machine"),
    ],
)
def test_a_text_of_ours_with_a_secret_is_refused(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BuildError, match=f"{name} holds {says}") as caught:
        look(tmp_path)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"source": ["/home/somebody/set.jsonl"]}, r"a path of this machine \(column source\)"),
        ({"chosen": ["fine", f"see {KEY}"]}, r"the key OPENAI_API_KEY \(column chosen\)"),
        (
            {"messages": [[{"parts": [{"text": KEY}]}]]},
            r"the key .* \(column messages.parts.text\)",
        ),
        ({"rationales": [[{"rater": MODEL}]]}, r"a path .* \(column rationales.rater\)"),
        ({"rater": [{"id": MODEL}]}, r"a path of this machine \(column rater.id\)"),
        ({"rater": [{"version": "/home/somebody/m"}]}, r"a path .* \(column rater.version\)"),
        ({"chosen_models": [["m", MODEL]]}, r"a path .* \(column chosen_models\)"),
        ({"generations": [[{"model": MODEL}]]}, r"a path .* \(column generations.model\)"),
        ({"rejected": ["fine", "take hf_" + "a" * 34]}, r"what looks like a key \(column rej"),
        ({"attributes": [{"x": "sk-" + "a1" * 12}]}, r"what looks like a key \(column attr"),
        ({"rejected": ["/data/spaces/one/media/a.png"]}, "this workspace's folder"),
    ],
)
def test_a_table_with_a_secret_is_refused(
    tmp_path: Path, columns: dict[str, list[object]], says: str
) -> None:
    pq.write_table(pa.table(columns), tmp_path / "pairs.parquet")
    with pytest.raises(BuildError, match=f"pairs.parquet holds {says}"):
        look(tmp_path)


def test_answers_may_talk_of_paths_and_names_are_cut(tmp_path: Path) -> None:
    rows = {
        "chosen": ["/etc/passwd is a file", None],
        "source": ["set.jsonl", "owner/name"],
        "rater": ["gemini/some-model", "openai/owner/name"],
        "attributes": pa.array([[("path", "/x/y")], []], pa.map_(pa.string(), pa.string())),
        "images": [[{"bytes": b"\x00" + KEY.encode()}], []],
    }
    pq.write_table(pa.table(rows), tmp_path / "pairs.parquet")
    text = "see https://example.org/a/b, `data/train-*`, a / b / c or </a> and \\_a\\_b\n"
    (tmp_path / "README.md").write_text(text, "utf-8")
    (tmp_path / "metadata.json").write_text('{"url": "data/train-*", "n": 1}', "utf-8")
    look(tmp_path)


def test_short_and_missing_keys_are_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "x")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    found = Forbidden.of(Path("/"))
    assert found.words() == {"the key OPENAI_API_KEY": KEY}
