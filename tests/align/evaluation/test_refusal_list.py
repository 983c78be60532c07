"""Where the phrases of a published refusal list come from."""

import json
from pathlib import Path

import pytest

from align.evaluation.refusal_list import RECONSTRUCTION, read_refusal_list
from schemas.errors import AlignError

CODE = """
import torch_that_is_not_here
raise SystemExit("this file must never run")

REJECT_TEMPLATES = ["cannot help", "public",
                    "Absolutely not", "public"]
OTHER = ["unrelated"]

def check_success_attack(pred):
    reject_list = ["i'm sorry", 'illegal']
    return pred
"""


def test_the_lists_are_read_from_the_code_without_running_it(tmp_path: Path) -> None:
    path = tmp_path / "utils.py"
    path.write_text(CODE)
    found = read_refusal_list(path)
    assert found.refusals == ["cannot help", "public", "Absolutely not"]
    assert found.rejections == ["i'm sorry", "illegal"]
    assert (found.source, found.reconstructed) == ("utils.py", False)
    assert found.found("The PUBLIC library, absolutely not.") == ["public", "Absolutely not"]
    assert found.rejected("That is Illegal.") is True
    assert found.rejected("Sure.") is False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.json", json.dumps(["a", "b"])),
        ("named.json", json.dumps({"REJECT_TEMPLATES": ["a", "b"], "reject_list": "no list"})),
        ("list.txt", "a\n\nb\n"),
    ],
)
def test_a_list_of_phrases_is_read(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    found = read_refusal_list(path)
    assert list(found.refusals) == ["a", "b"]
    assert found.rejected("anything") is None


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("utils.py", b"REJECT_TEMPLATES = make()\n", "no phrases in it"),
        ("utils.py", b"def broken(:\n", "cannot be read as .py"),
        ("utils.py", b"\xff\xfe", "cannot be read as .py"),
        ("list.json", b"{", "cannot be read as .json"),
        ("list.json", b"[" * 100_000, "cannot be read as .json"),
        ("list.json", b"3", "no phrases in it"),
        ("list.txt", b"\n", "no phrases in it"),
    ],
)
def test_a_file_without_phrases_is_said(
    tmp_path: Path, name: str, content: bytes, error: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AlignError, match=error):
        read_refusal_list(path)


def test_the_reconstruction_says_that_it_is_one() -> None:
    assert RECONSTRUCTION.reconstructed
    assert RECONSTRUCTION.found("However, the park is public.") == ["however", "public"]
