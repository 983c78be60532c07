"""What `curate label push` says for people: every reason in words, and no line without a count."""

from dataclasses import replace

import pytest

from curate.console import Console
from curate.labelling.pushing import PushReport
from curate.labelling.pushing_text import REASONS, show_push

PLAIN = PushReport(
    dry_run=False,
    routed=3,
    tasks_new=3,
    tasks_total=5,
    projects=(),
    left_out={},
    gold_wanted=0,
    gold_new=0,
    prefilled=0,
    taken_back=0,
    raters_changed=0,
)


def said(report: PushReport, capsys: pytest.CaptureFixture[str]) -> list[str]:
    show_push(Console(), report)
    return capsys.readouterr().out.splitlines()


def test_a_push_without_anything_special_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(PLAIN, capsys) == ["3 new tasks, 5 in all."]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"gold_wanted": 4, "gold_new": 2}, "2 of 4 gold tasks"),
        ({"prefilled": 2}, "2 of the new tasks begin with the judge's scores"),
        ({"taken_back": 2}, "2 tasks had come twice"),
        ({"raters_changed": 2}, "2 prompts were pushed for another number of raters"),
        ({"left_out": {"gold_without_order": 2}}, "2 prompts are left out: gold whose right order"),
    ],
)
def test_what_is_special_has_a_line_of_its_own(
    changed: dict[str, object], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = said(replace(PLAIN, **changed), capsys)  # type: ignore[arg-type]
    assert first.startswith(line)
    assert second == "3 new tasks, 5 in all."


def test_nothing_routed_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = replace(PLAIN, routed=0, tasks_new=0)
    assert "curate route" in said(nothing, capsys)[0]


def test_a_qualification_without_routes_says_what_went_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert said(replace(PLAIN, routed=0), capsys) == ["3 new tasks, 5 in all."]


def test_every_reason_has_words() -> None:
    assert all(words and not words.endswith(".") for words in REASONS.values())
