"""`curate label status`: what it says with a server, and without one."""

from pathlib import Path
from typing import Any

import pytest

from curate import console
from curate.console import Console
from curate.labelling.pull_raters import Known
from curate.labelling.pull_state import FOLDER, LEDGER, ledger_of, pull_lock
from curate.labelling.status import LabelStatus, ServerStatus, look
from curate.labelling.status_pulled import pulled_counts
from curate.labelling.status_raters import RaterFigures, RaterStatus
from curate.labelling.status_server import project_status
from curate.labelling.status_text import show_status
from schemas.event import Usage
from tests.curate.labelling.test_status_server import LISTED
from tests.support.cli import curate
from tests.support.workspaces import Bench

ANN, BEN = "h-0000000000aa", "h-0000000000bb"
EMAIL = "ann.of.the.labelling.team@example.org"
FULL = RaterStatus(
    *(ANN, 12_345, 61.4, "2026-01-02T03:04:05Z", 98_765, 0.824, 40, 240, 231.5),
    *(118, 5),
)


@pytest.fixture
def voted(bench: Bench) -> Bench:
    """A prompt with two annotators' votes, and who is who."""
    bench.prompt("Which?", "a", "b")
    for rater, tiers in ((ANN, ["a", "b"]), (BEN, ["b", "a"])):
        bench.vote("Which?", f"human:{rater}", tiers=tiers, usage=Usage(seconds=40))
    bench.write()
    folder = bench.root / FOLDER
    folder.mkdir()
    known = Known(salt="00", raters={ANN: EMAIL})
    (folder / "raters.json").write_text(known.model_dump_json(), "utf-8")
    return bench


def full(**changes: Any) -> LabelStatus:
    """A status with everything in it."""
    project = project_status("http://127.0.0.1:8080", {**LISTED, "task_number": 12_000})
    given = {
        "url": "http://127.0.0.1:8080",
        "projects": (project,),
        "skips": {ANN: 7, BEN: 1},
        "names": {BEN: "ben@example.org"},
        "unpulled": 4,
    }
    server = ServerStatus(**{**given, **changes})
    return LabelStatus(RaterFigures((FULL,), 61.4, 98_765, 0.824), server, None, {ANN: EMAIL})


def test_without_a_server_what_was_pulled_is_said_and_why_no_more(voted: Bench) -> None:
    ran = curate("label", "status", "-C", voted.root)
    assert (ran.code, ran.err) == (0, "")
    assert "Only what was pulled is known: no Label Studio runs" in ran.out
    assert ANN in ran.out
    assert EMAIL not in ran.out
    assert "Agreement of two raters: 0.00 (1)." in ran.out


def test_names_are_said_where_they_are_asked_for(voted: Bench) -> None:
    plain, named = (
        curate("label", "status", "-C", voted.root, "--json", *more).json
        for more in ((), ("--names",))
    )
    assert [it.get("name") for it in plain["raters"]] == [None, None]
    assert [it["name"] for it in named["raters"]] == [EMAIL, None]
    assert EMAIL in curate("label", "status", "-C", voted.root, "--names").out


def test_a_program_gets_all_of_it(voted: Bench) -> None:
    found = curate("label", "status", "-C", voted.root, "--json").json
    assert (found["server"], found["projects"], found["hours_left"]) == (None, [], None)
    assert (found["agreement"], found["compared"], found["seconds"]) == (0, 1, 40)
    assert {it["rater"]: (it["votes"], it["skips"]) for it in found["raters"]} == {
        ANN: (1, None),
        BEN: (1, None),
    }


def test_looking_writes_nothing(voted: Bench) -> None:
    before = sorted(voted.root.rglob("*"))
    look(voted.write(), {"LABEL_STUDIO_URL": "http://127.0.0.1:9", "LABEL_STUDIO_API_KEY": "k"})
    assert sorted(voted.root.rglob("*")) == before


def test_looking_stops_no_pull_and_a_pull_stops_no_looking(voted: Bench) -> None:
    workspace = voted.write()
    with pull_lock(workspace), ledger_of(workspace):
        assert pulled_counts(workspace) == {}


def test_a_ledger_that_cannot_be_read_is_not_known(voted: Bench) -> None:
    (voted.root / FOLDER / LEDGER).write_bytes(b"no ledger" * 200)
    assert pulled_counts(voted.write()) is None


def test_an_empty_workspace_has_a_status(bench: Bench) -> None:
    bench.write()
    assert curate("label", "status", "-C", bench.root).code == 0


def test_hours_left_are_open_votes_by_the_median() -> None:
    found = full()
    assert found.hours_left == pytest.approx((12_000 * 2 - 8) * 61.4 / 3600)


def test_a_qualification_is_nobodys_hours() -> None:
    listed = {**LISTED, "title": "qualification: 4 answers", "maximum_annotations": 1_000}
    project = project_status("http://127.0.0.1:8080", listed)
    assert full(projects=(project,)).hours_left == 0


def test_somebody_who_only_skipped_is_a_rater() -> None:
    raters = full().payload(names=True)["raters"]
    assert [(it["rater"], it["votes"], it["skips"]) for it in raters] == [
        (ANN, 12_345, 7),
        (BEN, 0, 1),
    ]


def test_a_full_table_fits_a_hundred_columns_in_a_line_a_rater(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "width", lambda: 100)
    show_status(Console(), full(), names=False)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    (row,) = [line for line in lines if line.startswith(ANN)]
    assert row.split()[:5] == [ANN, "12,345", "7", "61", "01-02"]
    assert row.endswith("0.82 (98,765)  0.96 (240)  yes        118 of 123")
    assert lines[-2:] == [
        "23,992 votes are wanted still: about 409 hours at 61 seconds a vote.",
        "4 annotations were not pulled yet: curate label pull",
    ]


def test_what_is_known_of_nobody_has_no_column(voted: Bench) -> None:
    out = curate("label", "status", "-C", voted.root).out
    assert "gold right" not in out
    assert "skips" not in out


def test_a_name_cannot_steer_a_terminal(voted: Bench) -> None:
    known = Known(salt="00", raters={ANN: "\x1b[2J\u202eann"})
    path = Path(voted.root / FOLDER / "raters.json")
    path.write_text(known.model_dump_json(), "utf-8")
    out = curate("label", "status", "-C", voted.root, "--names").out
    assert not {"\x1b", "\u202e"} & set(out)
