"""What `curate report` says of agreement, and the file and the section that keep it."""

import json

from curate.quality.text import NAME, told
from curate.workspace import Workspace
from schemas.quality import Figure, Quality
from tests.support.cli import curate
from tests.support.workspaces import Bench


def voted(bench: Bench) -> Bench:
    for number in range(25):
        bench.prompt(f"q{number}", *"abc")
        for place, person in enumerate(("anna", "ben", "cleo")):
            scores = {it: (number + 2 * ord(it)) % 5 for it in "abc"}
            bench.vote(
                f"q{number}", f"human:{person}", scores if place < 2 else dict.fromkeys("abc", 2)
            )
    bench.build()
    return bench


def test_report_prints_agreement_and_names_who_is_to_be_looked_at(bench: Bench) -> None:
    ran = curate("report", "-C", voted(bench).root)
    assert ran.code == 0
    assert "Agreement within prompts [95 % interval]" in ran.out
    (line,) = [it for it in ran.out.splitlines() if it.startswith("cleo")]
    assert "votes at chance, straight lines" in line
    suspects, hardest = ran.out.split("Raters to look at")[1].split("Prompts with the pairs")
    assert "anna " not in suspects
    assert hardest.count("2 : 1 : 0") + hardest.count("0 : 1 : 2") == 5
    prompts = [
        line.split()[0] for line in hardest.splitlines() if " : " in line and "human" in line
    ]
    assert len(set(prompts)) == 5


def test_the_file_and_json_hold_every_figure(bench: Bench) -> None:
    ran = curate("report", "--json", "-C", voted(bench).root)
    folder = Workspace.open(bench.root).build_folder()
    kept = json.loads((folder / NAME).read_text("utf-8"))
    assert ran.json["quality"] == kept
    found = Quality.model_validate(kept)
    assert [it.group for it in found.groups] == ["human"]
    assert [it.rater for it in found.raters] == ["anna", "ben", "cleo"]
    assert {it.rater for it in found.suspects} == {"cleo"}


def test_the_page_has_the_figures(bench: Bench) -> None:
    curate("report", "-C", voted(bench).root)
    page = (Workspace.open(bench.root).build_folder() / "report.html").read_text("utf-8")
    assert "Raters and their agreement</h2>" in page
    assert "helpfulness" in page


def test_a_figure_is_told_with_its_interval_where_it_has_one() -> None:
    assert told(Figure(value=0.9259, low=0.9132, high=0.9376, n=9)) == "0.926 [0.913, 0.938]"
    assert told(Figure(value=0.5, n=1)) == "0.500"
    assert told(Figure(value=None)) == ""
