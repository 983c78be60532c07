"""What surrounds a release says the same everywhere."""

import re
from pathlib import Path
from typing import Any

import yaml

from curate.version import __version__


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_citation_is_of_this_version(repo_root: Path) -> None:
    found = _yaml(repo_root / "CITATION.cff")
    assert found["version"] == __version__.partition(".dev")[0]
    assert found["license"] == "Apache-2.0"
    assert {"arXiv:2502.10391"} <= {
        one["value"] for paper in found["references"] for one in paper.get("identifiers", ())
    }


def test_the_changelog_tells_of_this_version_and_its_day(repo_root: Path) -> None:
    log = (repo_root / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d.*?)\] - (\S+)$", log, re.MULTILINE)
    citation = _yaml(repo_root / "CITATION.cff")
    assert released[0] == (citation["version"], str(citation["date-released"]))


def test_the_workflow_runs_what_ci_runs_and_the_readmes_commands(repo_root: Path) -> None:
    jobs = _yaml(repo_root / ".github" / "workflows" / "ci.yml")["jobs"]
    steps = {name: [step.get("run") for step in job["steps"]] for name, job in jobs.items()}
    assert ".ci/run" in steps["everything"]
    assert {"make demo", "make test"} <= set(steps["other-pythons"])


def test_the_workflow_has_every_python_that_the_package_promises(repo_root: Path) -> None:
    project = (repo_root / "pyproject.toml").read_text("utf-8")
    promised = set(re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project))
    jobs = _yaml(repo_root / ".github" / "workflows" / "ci.yml")["jobs"]
    matrix = set(jobs["other-pythons"]["strategy"]["matrix"]["python"])
    image = re.fullmatch(r"python:(3\.\d+)-\w+", jobs["everything"]["container"])
    assert image
    assert promised == matrix | {image[1]}


def test_templates_ask_for_what_is_needed(repo_root: Path) -> None:
    folder = repo_root / ".github" / "ISSUE_TEMPLATE"
    for path in sorted(folder.glob("*.yml")):
        if path.name != "config.yml":
            asked = [part["id"] for part in _yaml(path)["body"]]
            assert len(asked) == len(set(asked)) > 1
    assert "CHANGELOG" in (repo_root / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
