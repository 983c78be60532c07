"""What keeps a build from leaving; nothing is sent then."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.pushing.refusals import refuse_unfit
from curate.workspace import Workspace
from schemas.errors import BuildError, ExportError
from tests.support.cli import curate
from tests.support.hub_server.server import HubServer
from tests.support.workspaces import Bench, five

REPO = "owner/name"
PSEUDONYM = "h-0123456789ab"


def refuse(root: Path, *settings: str) -> None:
    workspace = Workspace.open(root, settings)
    refuse_unfit(workspace, workspace.build_folder())


def test_a_prompt_in_two_splits_is_refused(bench: Bench, hub: HubServer) -> None:
    bench.prompt("How many?", "Three.", "Two.", "One.")
    scores = {"Three.": five(12), "Two.": five(3), "One.": five(0)}
    bench.vote("How many?", f"human:{PSEUDONYM}", scores)
    report = bench.build("pairs.policy=all-ranked")
    refuse(bench.root)
    path = report.folder / "pairs.parquet"
    table = pq.read_table(path)
    splits = ["test", *["train"] * (table.num_rows - 1)]
    at = table.schema.get_field_index("split")
    pq.write_table(table.set_column(at, table.schema.field(at), pa.array(splits)), path)
    with pytest.raises(BuildError, match=r"is in several splits, e.g. .* in test and train"):
        refuse(bench.root)
    ran = curate("push", REPO, "-C", bench.root)
    assert ran.code == 1
    assert hub.seen == []


def test_a_build_without_components_is_to_be_built_anew(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3}, f"human:{PSEUDONYM}")
    path = bench.build().folder / "pairs.parquet"
    pq.write_table(pq.read_table(path).drop(["component"]), path)
    with pytest.raises(ExportError, match=r"'component' is missing.*curate build --force"):
        refuse(bench.root)


def test_a_component_in_two_splits_is_refused(bench: Bench) -> None:
    """Its prompts share no picture by its bytes, but a text or a version of one."""
    for text in ("How many?", "How much?"):
        bench.sums(text, {"Three.": 12, "Two.": 3}, f"human:{PSEUDONYM}")
    path = bench.build().folder / "pairs.parquet"
    table = pq.read_table(path)
    refuse(bench.root)
    for name, values in (("split", ["test", "train"]), ("component", ["c" * 32] * 2)):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, table.schema.field(at), pa.array(values))
    pq.write_table(table, path)
    with pytest.raises(BuildError, match=r"is in several splits, e.g. c{12} in test and train"):
        refuse(bench.root)


@pytest.mark.parametrize(
    "rater", ["anna", "anna@example.org", "h-0123456789a", "H-0123456789AB", f" {PSEUDONYM}"]
)
def test_a_rater_who_could_be_a_person_is_refused(bench: Bench, hub: HubServer, rater: str) -> None:
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3}, f"human:{rater}")
    bench.build()
    ran = curate("push", REPO, "-C", bench.root)
    assert ran.code == 1
    assert "could be a person's name (in votes); if it names nobody" in ran.err
    assert hub.seen == []


def test_pseudonyms_judges_and_listed_names_may_leave(bench: Bench) -> None:
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3}, f"human:{PSEUDONYM}")
    bench.sums("How many mugs?", {"Three.": 12, "Two.": 3}, "judge:some-model")
    bench.sums("How many jugs?", {"Three.": 12, "Two.": 3}, "human:rater-a")
    bench.build()
    with pytest.raises(BuildError, match="'rater-a'"):
        refuse(bench.root)
    refuse(bench.root, 'export.pseudonyms=["rater-a"]')


def test_a_name_beside_a_reason_is_refused_when_its_vote_is_gone(bench: Bench) -> None:
    bench.prompt("How many cups?", "Three.", "Two.")
    vote = bench.vote(
        "How many cups?",
        "human:anna",
        {"Three.": five(12), "Two.": five(3)},
        rationale="Three is right.",
    )
    bench.build()
    bench.events.remove(vote)
    bench.write()
    with pytest.raises(BuildError, match=r"'anna' could be a person's name \(in reasons\)"):
        refuse(bench.root)


def test_a_build_without_pairs_is_refused(bench: Bench, hub: HubServer) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    ran = curate("push", REPO, "-C", bench.root)
    assert ran.code == 1
    assert "no pair is left to push; curate status says what is missing" in ran.err
    assert hub.seen == []


def test_before_the_first_build_there_is_nothing_to_push(bench: Bench, hub: HubServer) -> None:
    bench.prompt("How many?", "Three.")
    bench.write()
    assert "no build yet; run: curate build" in curate("push", REPO, "-C", bench.root).err
    assert hub.seen == []
