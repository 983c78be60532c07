"""Beginning anew never deletes votes that only Label Studio has."""

import sqlite3
from pathlib import Path

import pytest

from annotate.label_studio.access import Access, write_access
from annotate.label_studio.pull import vote_id_of
from annotate.label_studio.server import Server
from curate.labelling.fresh import begin_anew, unpulled_votes
from schemas.errors import LabelStudioError

CREATED, EDITED = "2026-01-02 03:04:05.060708", "2026-01-03 00:00:00"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server's folder with an empty database."""
    found = Server(tmp_path / "label-studio")
    found.database.parent.mkdir(parents=True)
    write_access(found.access_path, Access.drawn())
    _vote(found, 0)
    return found


def _vote(server: Server, count: int) -> None:
    connection = sqlite3.connect(server.database)
    connection.execute("create table if not exists task_completion (id, created_at, updated_at)")
    votes = [(number, CREATED, EDITED) for number in range(count)]
    connection.executemany("insert into task_completion values (?, ?, ?)", votes)
    connection.commit()
    connection.close()


def test_an_empty_server_is_deleted(server: Server) -> None:
    begin_anew(server, {}, force=False)
    assert not server.folder.exists()


def test_votes_are_counted_and_kept(server: Server) -> None:
    _vote(server, 3)
    assert unpulled_votes(server, {}) == 3
    with pytest.raises(LabelStudioError, match=r"3 votes .* were not pulled.*curate label pull"):
        begin_anew(server, {}, force=False)
    assert unpulled_votes(server, {}) == 3


def test_a_vote_that_comes_while_the_server_stops_is_kept(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "stop", lambda it: _vote(it, 1))
    with pytest.raises(LabelStudioError, match="1 vote in"):
        begin_anew(server, {}, force=False)
    assert unpulled_votes(server, {}) == 1


def test_votes_that_were_pulled_as_they_stand_do_not_count(server: Server) -> None:
    _vote(server, 3)
    told = {"created_at": "2026-01-02T03:04:05.060708Z"}
    ids = [vote_id_of({"id": number, **told}) for number in range(3)]
    pulled = {ids[0]: "2026-01-03T00:00:00Z", ids[1]: "2026-01-02T23:00:00Z"}
    assert unpulled_votes(server, pulled) == 2
    begin_anew(server, dict.fromkeys(ids, "2026-01-03T00:00:00Z"), force=False)
    assert not server.folder.exists()


def test_force_deletes_them(server: Server) -> None:
    _vote(server, 3)
    begin_anew(server, {}, force=True)
    assert not server.folder.exists()


def test_votes_that_cannot_be_counted_are_kept(server: Server) -> None:
    server.database.write_bytes(b"no database at all, and longer than a header of SQLite" * 40)
    with pytest.raises(LabelStudioError, match="cannot be counted"):
        begin_anew(server, {}, force=False)
    assert server.database.exists()


def test_a_postgresql_database_is_not_ours_to_delete(server: Server) -> None:
    write_access(server.access_path, Access.drawn("postgresql://me@db/votes"))
    with pytest.raises(LabelStudioError, match="no PostgreSQL database"):
        begin_anew(server, {}, force=False)
    assert server.folder.exists()


def test_where_there_is_no_server_there_is_nothing_to_keep(tmp_path: Path) -> None:
    server = Server(tmp_path / "label-studio")
    assert unpulled_votes(server, {}) == 0
    begin_anew(server, {}, force=False)
