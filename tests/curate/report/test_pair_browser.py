"""The browser of pairs in a real browser: filters, paging, keys, differences, data beside it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from curate.report import browser, pairs_chunks
from curate.report.page import write_report
from curate.workspace import Workspace
from tests.support.report_browser import Seen, seen
from tests.support.workspaces import Bench, five

pytestmark = pytest.mark.browser
PAIRS = 45


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A build of 45 pairs with margins from 1 to 9, half of them by a judge."""
    bench = Bench(tmp_path_factory.mktemp("many") / "workspace")
    for number in range(PAIRS):
        question = f"question {number:02}"
        bench.prompt(question)
        bench.answer(
            question, f"It is {number} cups of tea.", model="good" if number % 3 else "odd"
        )
        bench.answer(question, f"It is {number} cans of tea.", model="bad")
        rater = "judge:bot" if number % 2 else "human:anna"
        high = five(3 + number % 9 + 1)
        scores = {f"It is {number} cups of tea.": high, f"It is {number} cans of tea.": five(3)}
        bench.vote(question, rater, scores, rationale=f"reason {number}")
    bench.build("pairs.min_margin=1", "split.test=0")
    return bench


@pytest.fixture(scope="module", params=["inside", "beside"])
def many_page(many: Bench, request: pytest.FixtureRequest) -> Path:
    """Its report, once in one file and once with its pairs beside it, ten a file."""
    patch = pytest.MonkeyPatch()
    if request.param == "beside":
        patch.setattr(browser, "MOST_INSIDE", 0)
    path = write_report(Workspace.open(many.root))
    patch.undo()
    return path


@pytest.fixture
def found(chromium: Any, many_page: Path) -> Any:
    page = seen(chromium, many_page)
    yield page
    assert page.complaints == []
    page.page.close()


def test_the_first_pair_is_open_and_twenty_are_listed(found: Seen) -> None:
    assert found.status() == "Pair 1 of 45"
    assert len(found.listed()) == 20
    assert found.page.inner_text("#page-place") == "page 1 of 3"
    assert found.page.is_disabled("#page-back")


def test_paging_lists_every_pair_once_and_opens_none(found: Seen) -> None:
    first, words = found.open_id(), found.listed()
    for page in (2, 3):
        found.page.click("#page-on")
        assert found.page.inner_text("#page-place") == f"page {page} of 3"
        words += found.listed()
    assert found.page.is_disabled("#page-on")
    assert sorted(words) == [f"question {number:02}" for number in range(PAIRS)]
    assert found.open_id() == first


def test_keys_go_through_the_pairs_and_the_list_follows(found: Seen) -> None:
    opened = [found.open_id()]
    for place in range(2, 24):
        found.page.keyboard.press("j")
        found.wait_for(f"Pair {place} of 45")
        opened.append(found.open_id())
    assert len(set(opened)) == 23
    assert found.page.inner_text("#page-place") == "page 2 of 3"
    found.page.keyboard.press("k")
    found.wait_for("Pair 22 of 45")
    assert found.open_id() == opened[-2]


def test_before_the_first_pair_there_is_none(found: Seen) -> None:
    found.page.keyboard.press("k")
    assert found.status() == "Pair 1 of 45"


def test_a_slash_leads_to_the_find_field_and_letters_stay_in_it(found: Seen) -> None:
    found.page.keyboard.press("/")
    found.page.keyboard.type("question 0")
    found.wait_for("Pair 1 of 10, out of 45")
    found.page.keyboard.type("jk")
    found.wait_for("No pair passes these filters, out of 45")
    found.page.keyboard.press("Escape")
    assert found.page.evaluate("document.activeElement === document.body")


def test_keys_can_be_switched_off(found: Seen) -> None:
    found.page.uncheck("#pair-keys")
    found.page.keyboard.press("j")
    assert found.status() == "Pair 1 of 45"


def test_all_can_be_reached_and_worked_by_tab_and_enter(found: Seen) -> None:
    found.page.focus("#pair-list button")
    found.page.keyboard.press("Tab")
    found.page.keyboard.press("Enter")
    found.wait_for("Pair 2 of 45")
    assert found.page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
    ) or found.page.evaluate("document.activeElement === document.body")


def test_filters_narrow_together_and_show_all_takes_them_off(found: Seen) -> None:
    found.page.select_option("[name=level]", label="judge")
    found.wait_for("Pair 1 of 22, out of 45")
    found.page.select_option("[name=model]", label="odd")
    found.wait_for("Pair 1 of 7, out of 45")
    found.page.fill("[name=least]", "4")
    odd = [n for n in range(PAIRS) if n % 2 and not n % 3 and n % 9 + 1 >= 4]
    found.wait_for(f"Pair 1 of {len(odd)}, out of 45")
    assert sorted(found.listed()) == [f"question {number:02}" for number in odd]
    found.page.click("button[type=reset]")
    found.wait_for("Pair")
    assert found.status().endswith("of 45")


def test_a_metric_filters_by_its_difference(found: Seen) -> None:
    assert found.page.is_disabled("[name=low]")
    found.page.select_option("[name=metric]", label="coherence")
    found.page.fill("[name=low]", "3")
    high = [n for n in range(PAIRS) if five(3 + n % 9 + 1)["coherence"] - 1 >= 3]
    found.wait_for(f"Pair 1 of {len(high)}, out of 45")


def test_a_filter_with_one_choice_is_not_shown(found: Seen) -> None:
    assert not found.page.is_visible("[name=source]")
    assert found.page.is_visible("[name=model]")


def test_the_narrowest_margin_comes_first_when_asked(found: Seen) -> None:
    found.page.select_option("[name=order]", "narrow")
    found.page.click("#pair-list li:first-child button")
    found.wait_for("Pair 1 of 45")
    assert "margin 1" in found.page.inner_text(".badges")


def test_an_id_finds_its_pair_and_an_address_opens_it(found: Seen) -> None:
    found.page.keyboard.press("j")
    found.wait_for("Pair 2 ")
    name = found.open_id()
    found.page.fill("[name=find]", name)
    found.wait_for("Pair 1 of 1, out of 45")
    found.page.fill("[name=find]", "nothing of the kind")
    found.wait_for("No pair")
    found.page.evaluate(f"location.hash = 'pair-{name}'")
    found.wait_for("Pair 2 of 45")
    assert found.open_id() == name


def test_the_words_that_differ_are_marked_on_both_sides(found: Seen) -> None:
    assert found.page.locator(".sides .chosen mark").all_inner_texts()[:1] == ["cups"]
    assert found.page.locator(".sides .rejected mark").all_inner_texts()[:1] == ["cans"]


def test_scores_votes_reasons_and_provenance_are_there(found: Seen) -> None:
    found.page.get_by_text("Where it came from").click()
    said = found.page.inner_text("#pair-detail")
    for part in ("coherence", "yes", "reason ", "votes that count", "curate show"):
        assert part in said


def test_without_its_folder_a_page_says_what_is_missing(
    chromium: Any, many: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "MOST_INSIDE", 0)
    alone = tmp_path / "report.html"
    shutil.copy(write_report(Workspace.open(many.root)), alone)
    page = seen(chromium, alone, pairs=False)
    page.wait_for("report-pairs/index.js is missing: keep the folder beside this page")
    page.page.close()


def test_the_folder_of_another_build_is_refused(
    chromium: Any, many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "MOST_INSIDE", 0)
    path = write_report(Workspace.open(many.root))
    index = path.parent / "report-pairs" / "index.js"
    index.write_text(index.read_text("utf-8").replace(path.parent.name, "f" * 32), "utf-8")
    page = seen(chromium, path, pairs=False)
    page.wait_for("report-pairs is of another build")
    page.page.close()


def test_pairs_past_the_first_file_are_read_when_they_are_opened(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path / "workspace")
    for number in range(pairs_chunks.PAIRS + 5):
        bench.sums(f"q {number}", {"Three.": 12, "Two.": 3})
    bench.build("split.test=0")
    monkeypatch.setattr(browser, "MOST_INSIDE", 0)
    page = seen(chromium, write_report(Workspace.open(bench.root)))
    assert [url.rpartition("/")[2] for url in page.requests[1:]] == ["index.js", "0000.js"]
    for _ in range(5):
        page.page.click("#page-on")
    page.page.click("#pair-list li:last-child button")
    page.wait_for("Pair 105 of 105")
    page.page.wait_for_timeout(300)
    assert page.requests[-1].endswith("0001.js")
    assert page.complaints == []
    page.page.close()
