"""`curate push` from the command line to a Hub on loopback."""

import json
from pathlib import Path

import pytest

from curate.pushing import stage
from curate.pushing.contents import CONTENTS
from curate.pushing.pushed import NAME
from curate.status import look
from curate.workspace import Workspace
from tests.support.cards import section
from tests.support.cli import curate
from tests.support.hub_server.faults import Fault
from tests.support.hub_server.server import TOKEN, HubServer
from tests.support.workspaces import Bench, five

REPO = "owner/name"
ANNA = 'export.pseudonyms=["anna"]'
SHARD = "data/train-00000-of-00001.parquet"
KEYS = {"repo", "revision", "files", "bytes", "unchanged", "url", "tag", "public"}


@pytest.fixture
def workspace(built: Bench) -> Path:
    """A workspace with one pair, whose rater may be named."""
    return built.root


def test_a_push_says_what_went_where(hub: HubServer, workspace: Path) -> None:
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.code == 0, ran.err
    head = hub.repository().head
    assert ran.out.startswith("Pushed build ")
    assert f"{hub.address}/datasets/{REPO}/tree/{head.oid}" in ran.out
    page = f"{hub.address}/datasets/{REPO}"
    assert f"url = {{{page}}}" in head.tree["README.md"].data.decode()
    assert json.loads(head.tree["croissant.json"].data)["url"] == page
    assert "only its owner or organisation can see it" in ran.out
    assert {"README.md", SHARD, "pairwright/push.json"} < head.tree.keys()
    assert hub.repository().private


def test_the_object_has_the_keys_of_the_contract(hub: HubServer, workspace: Path) -> None:
    found = curate("push", REPO, "-C", workspace, "--set", ANNA, "--json").json
    assert found.keys() >= KEYS
    tree = hub.repository().head.tree
    assert {file["path"]: file["bytes"] for file in found["files"]} == {
        path: len(blob.data) for path, blob in tree.items() if path != ".gitattributes"
    }
    assert found["bytes"] == sum(file["bytes"] for file in found["files"])
    assert (found["repo"], found["revision"]) == (REPO, hub.repository().head.oid)
    assert hub.repository().tags == {found["tag"]: found["revision"]}
    assert (found["unchanged"], found["public"]) == (False, False)


def test_a_second_push_says_that_nothing_changed(hub: HubServer, workspace: Path) -> None:
    curate("push", REPO, "-C", workspace, "--set", ANNA)
    before = len(hub.wrote())
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.out.startswith("Unchanged: ")
    assert len(hub.wrote()) == before


def test_after_a_push_nothing_is_left_to_do(hub: HubServer, built: Bench) -> None:
    workspace = Workspace.open(built.root)
    push = ("push", REPO, "-C", built.root, "--set", ANNA)
    curate(*push, "--dry-run")
    assert look(workspace).next_step == "curate export"
    assert curate(*push).code == 0
    note = workspace.root / "exports" / workspace.build_folder().name[:12] / NAME
    found = {"repo": REPO, "revision": hub.repository().head.oid}
    assert json.loads(note.read_text()) == found
    assert look(workspace).next_step == "nothing is left: this build was pushed"
    built.sums("How many plates?", {"Five.": 12, "Six.": 3})
    built.build()
    assert look(Workspace.open(built.root)).next_step == "curate export"


def test_public_is_public(hub: HubServer, workspace: Path) -> None:
    assert (
        "everybody can see it"
        in curate("push", REPO, "--public", "-C", workspace, "--set", ANNA).out
    )
    assert not hub.repository().private


def test_a_new_build_takes_the_place_of_the_old(hub: HubServer, built: Bench) -> None:
    first = curate("push", REPO, "-C", built.root, "--set", ANNA, "--json").json
    built.sums("How many plates?", {"Five.": 12, "Six.": 3})
    built.build()
    found = curate("push", REPO, "-C", built.root, "--set", ANNA, "--json").json
    assert found["tag"] != first["tag"]
    assert hub.repository().tags.keys() == {first["tag"], found["tag"]}
    assert len(hub.repository().history()) == 3


def test_votes_that_come_in_meanwhile_stop_the_push(
    hub: HubServer, built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the journals were copied, and before anything was sent."""

    def late(_workspace: object, _build: object, _folder: object) -> None:
        built.vote("How many cups?", "human:anna", {"Three.": five(3), "Two.": five(12)})
        built.write()

    monkeypatch.setattr(stage, "CONTENTS", (*CONTENTS, late))
    ran = curate("push", REPO, "-C", built.root, "--set", ANNA)
    assert ran.code == 1
    assert "votes came in while the push was made; build and push again" in ran.err
    assert hub.wrote() == []


def test_shards_that_went_away_are_deleted(hub: HubServer, built: Bench) -> None:
    for number in range(20):
        built.sums(f"How many {number}?", {"Three.": 12, "Two.": 3})
    built.build("split.test=0.5")
    curate("push", REPO, "-C", built.root, "--set", ANNA)
    assert "data/test-00000-of-00001.parquet" in hub.repository().head.tree
    built.build("split.test=0")
    found = curate("push", REPO, "-C", built.root, "--set", ANNA, "--json").json
    gone = {"data/test-00000-of-00001.parquet", "votes/test-00000-of-00001.parquet"}
    assert set(found["deleted"]) == gone
    assert not gone & set(hub.repository().head.tree)


def test_a_dry_run_reads_and_sends_nothing(hub: HubServer, workspace: Path) -> None:
    ran = curate("push", REPO, "--dry-run", "-C", workspace, "--set", ANNA)
    assert ran.code == 0, ran.err
    assert f"{SHARD}" in ran.out
    assert "It would change: 15 added." in ran.out
    assert hub.wrote() == []
    assert hub.repositories == {}


def test_a_dry_run_reminds_of_a_description(workspace: Path) -> None:
    dry = ("push", REPO, "--dry-run", "-C", workspace, "--set", ANNA)
    assert curate(*dry).out.endswith(f"\n{stage.UNDESCRIBED}\n")
    assert curate(*dry, "--json").json["hints"] == [stage.UNDESCRIBED]
    assert curate(*dry, "--set", "export.description=Cups.", "--json").json["hints"] == []


def test_the_title_is_the_repositorys_name_until_the_settings_have_one(
    hub: HubServer, workspace: Path
) -> None:
    curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert b"\n# name\n" in hub.repository().head.tree["README.md"].data
    curate("push", REPO, "-C", workspace, "--set", ANNA, "--set", "export.title=Cups")
    assert b"\n# Cups\n" in hub.repository().head.tree["README.md"].data


def test_a_dry_run_works_without_a_hub_or_a_token(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    ran = curate("push", REPO, "--dry-run", "-C", workspace, "--set", ANNA, "--json")
    assert ran.code == 0
    assert {file["path"] for file in ran.json["files"]} >= {"README.md", SHARD}
    assert (ran.json["unchanged"], ran.json["dry_run"]) == (None, True)


def test_a_hub_that_does_not_answer_is_waited_for_with_a_word(
    hub: HubServer, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.code == 1
    *said, last = ran.err.splitlines()
    assert said[0] == "warning: the Hub does not answer; it is asked again in 2 s"
    assert "cannot be reached" in last
    assert hub.seen == []


def test_without_a_token_the_fix_is_named(
    hub: HubServer, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.code == 1
    assert ran.err.startswith("error: HF_TOKEN is not set; make a token")
    assert hub.seen == []


def test_a_fault_on_the_way_is_one_line_and_the_next_push_goes_on(
    hub: HubServer, workspace: Path
) -> None:
    hub.faults.add(Fault("PUT", "/lfs/", way="call", run=hub.expire))
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "HF_TOKEN" in ran.err
    assert TOKEN not in ran.out + ran.err
    assert hub.repository().head.tree.keys() == {".gitattributes"}
    hub.tokens[TOKEN] = "write"
    assert curate("push", REPO, "-C", workspace, "--set", ANNA).code == 0
    assert SHARD in hub.repository().head.tree


def test_of_a_push_only_the_note_of_it_stays_in_the_workspace(
    hub: HubServer, workspace: Path
) -> None:
    def files() -> set[Path]:
        return {path for path in workspace.rglob("*") if path.is_file() and path != lock}

    lock = workspace / ".push.lock"
    before = files()
    curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert [path.name for path in files() - before] == [NAME]
    assert before <= files()
    found = [path for path in workspace.rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in path.read_bytes() for path in found)
    assert hub.uploads()


def test_a_push_that_cannot_be_noted_here_has_gone_through(hub: HubServer, workspace: Path) -> None:
    (workspace / "exports").write_text("in the way")
    ran = curate("push", REPO, "-C", workspace, "--set", ANNA)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Pushed build ")
    assert "curate status does not know of it" in ran.err
    assert SHARD in hub.repository().head.tree


def test_the_record_names_every_other_file(hub: HubServer, workspace: Path) -> None:
    curate("push", REPO, "-C", workspace, "--set", ANNA)
    tree = hub.repository().head.tree
    record = json.loads(tree["pairwright/push.json"].data)
    assert {*record["files"], "pairwright/push.json", ".gitattributes"} == tree.keys()


def test_an_unproven_judges_pairs_alone_are_no_set(hub: HubServer, bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "judge:m", {"Three.": five(12), "Two.": five(3)})
    report = bench.build()
    manifest = json.loads((report.folder / "manifest.json").read_bytes())
    manifest["trust"]["verdict"] = "unproven"
    (report.folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    ran = curate("push", REPO, "-C", bench.root)
    assert ran.code == 1
    assert "no pair is left to push (judge_unproven 1)" in ran.err
    assert hub.seen == []


def test_the_card_names_the_repository_that_it_stands_in(hub: HubServer, workspace: Path) -> None:
    curate("push", REPO, "-C", workspace, "--set", ANNA)
    tree = hub.repository().head.tree
    assert {"README.md", "croissant.json", "plots/lengths.png"} < tree.keys()
    text = tree["README.md"].data.decode()
    assert f'load_dataset("{REPO}", split="train")' in text
    assert "\n# name\n" in text


def test_votes_that_stay_here_are_told_on_the_page_and_in_the_report(
    hub: HubServer, built: Bench
) -> None:
    built.sums("How many plates?", {"Five.": 12, "Six.": 7, "Seven.": 3})
    built.build('filter=[{name="short", level="candidate", drop_when="response = \'Six.\'"}]')
    ran = curate("push", REPO, "-C", built.root, "--set", ANNA)
    assert "Votes that stay here" in ran.out
    assert "left_the_build" in ran.out
    found = curate("push", REPO, "-C", built.root, "--set", ANNA, "--json").json
    assert found["refused_votes"] == {"left_the_build": 1}
    card = hub.repository().head.tree["README.md"].data.decode()
    told = section(card, "The raw votes")
    assert "`left_the_build`: 1 (on an answer that is not in the build)" in told
    assert "| `rater` | a person's pseudonym" in told
    assert f'load_dataset("{REPO}", "votes")' in section(card, "Load it")
    described = json.loads(hub.repository().head.tree["croissant.json"].data)
    said = {it["name"]: it["description"] for it in described["recordSet"]}
    assert said["default"].startswith("Preference pairs")
    assert said["votes"].startswith("Raw votes")
