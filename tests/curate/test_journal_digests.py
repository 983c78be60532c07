"""A journal is known by its lines; what a server said of a failure is no part of it."""

from pathlib import Path

import pytest

from curate.journal_digests import journal_digest

START = b'{"event_id":"x","failure":{"reason":"blocked"'


def digest(path: Path, *lines: bytes) -> str:
    path.write_bytes(b"".join(lines))
    return journal_digest(path)


def test_the_words_of_a_failure_make_no_difference_and_its_reason_does(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    usage = b',"usage":{"usd":0.1}}\n'
    plain = digest(path, START, b"}", usage)
    assert digest(path, START, b',"detail":"503: http://host"}', usage) == plain
    assert digest(path, START.replace(b"blocked", b"timeout"), b"}", usage) != plain
    assert digest(path, START, b"}", usage.replace(b"0.1", b"0.2")) != plain


def test_who_rated_what_was_deleted_makes_no_difference_and_the_vote_does(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    gone = b'{"deleted":true,"rater":{"id":"ann","kind":"human"},"supersedes":"x"}\n'
    nobody = gone.replace(b"ann", b"h-000000000000")
    assert digest(path, gone) == digest(path, nobody)
    assert digest(path, gone) != digest(path, gone.replace(b'"x"', b'"y"'))
    live = [line.replace(b"true", b"false") for line in (gone, nobody)]
    assert digest(path, live[0]) != digest(path, live[1])


@pytest.mark.parametrize("line", [b'{"failure":{"detail"\n', b'{"failure":{}', b'["failure":{]\n'])
def test_a_line_that_is_no_event_counts_as_it_is(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    whole = line.endswith(b"\n")
    assert (digest(path, line) != digest(path, b"")) is whole


def test_a_sealed_journal_counts_as_the_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    assert digest(path, START, b"}}") != digest(path, START, b',"detail":"x"}}')
