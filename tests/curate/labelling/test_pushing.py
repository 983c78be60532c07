"""`curate label push` on a real server: once each, by page, and nothing that was not routed."""

import urllib.request
from pathlib import Path

import pytest

from annotate import journal
from annotate.label_studio import names, push
from annotate.label_studio.asked import BROUGHT_BY
from curate.labelling import boxes
from curate.media.store import MediaStore
from schemas.errors import LabelStudioError
from tests.support.annotations import choices
from tests.support.cli import curate
from tests.support.label_studio import Live
from tests.support.member import pressed
from tests.support.pictures import picture_bytes
from tests.support.pushing import Site
from tests.support.routing import rule

pytestmark = pytest.mark.label_studio


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Site:
    """A workspace of one's own at the shared server."""
    return Site.of(live, tmp_path / "work")


def test_prompts_go_into_a_project_for_each_number_of_answers_and_raters(
    live: Live, tmp_path: Path
) -> None:
    both = rule("n_answers = 2", "human", raters=2) + rule("n_answers = 3", "both")
    site = Site.of(live, tmp_path / "work", both)
    site.ask(1)
    site.ask(2, "a", "b", "c")
    site.ask(3, "a", "b", "c", "d")
    ran = site.pushed()
    assert ran["tasks_new"] == 2
    shapes = {(it["answers"], it["raters"], it["tasks_total"]) for it in ran["projects"]}
    assert shapes == {(2, 2, 1), (3, 1, 1)}
    overlaps = {it.title.split(" pw-")[0]: it.maximum_annotations for it in site.projects()}
    assert overlaps == {"Rate 2 answers, 2 raters": 2, "Rate 3 answers, 1 rater": 1}


def test_a_second_push_adds_only_what_is_new(site: Site) -> None:
    site.ask(1)
    first = site.pushed()
    assert site.pushed()["tasks_new"] == 0
    site.ask(2)
    assert curate("route", "-C", site.bench.write().root).code == 0
    third = site.pushed()
    assert (third["tasks_new"], third["projects"][0]["tasks_total"]) == (1, 2)
    assert third["projects"][0]["project"] == first["projects"][0]["project"]
    assert third["tasks_total"] == first["tasks_total"] + 1
    assert site.tasks() == site.wanted


def test_answers_stand_in_the_order_that_is_recorded(site: Site) -> None:
    site.ask(1, "one", "two", "three")
    site.pushed()
    (project,) = site.projects()
    (task,) = site.live.client.tasks.list(project=project.id)
    texts = {it.candidate_id: it.response for it in site.bench.candidates.values()}
    shown = [texts[it] for it in task.data[names.ABOUT]["candidate_ids"]]
    assert shown == [task.data[names.answer(letter)] for letter in "abc"]
    assert project.show_collab_predictions is False


def test_a_dry_run_and_a_limit(site: Site) -> None:
    for number in range(4):
        site.ask(number)
    dry = site.pushed("--dry-run")
    assert (dry["tasks_new"], dry["projects"][0]["project"]) == (4, None)
    assert site.projects() == []
    assert site.pushed("--limit", "3")["tasks_new"] == 3
    assert site.pushed("--dry-run")["tasks_new"] == 1
    assert site.pushed()["tasks_new"] == 1
    assert site.tasks() == site.wanted


def test_pictures_are_linked_and_served(site: Site, live: Live) -> None:
    store = MediaStore(site.bench.root / "media")
    shown, other = (store.put_picture(picture_bytes(colour=it)) for it in (31, 32))
    site.ask(1, media=[shown])
    site.pushed()
    assert (live.server.media / str(shown.file)).samefile(store.path_of(str(shown.file)))
    assert not (live.server.media / str(other.file)).exists()
    (project,) = site.projects()
    (task,) = live.client.tasks.list(project=project.id, resolve_uri=False)
    request = urllib.request.Request(
        live.url + task.data["picture_1"], headers={"Authorization": f"Token {live.key}"}
    )
    with urllib.request.urlopen(request) as reply:
        assert reply.read() == store.path_of(str(shown.file)).read_bytes()
    site.ask(2, media=[other])
    assert curate("route", "-C", site.bench.write().root).code == 0
    site.pushed()
    assert len(live.client.import_storage.local.list(project=project.id)) == 1


def test_a_server_by_url_and_key_gets_addresses_of_ones_own(
    site: Site, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", live.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", live.key)
    shown = MediaStore(site.bench.root / "media").put_picture(picture_bytes(colour=41))
    site.ask(1, media=[shown])
    assert "media_url_prefix" in site.push().err
    site.pushed("--set", "label_studio.media_url_prefix=https://cdn.test/m")
    (project,) = site.projects()
    (task,) = live.client.tasks.list(project=project.id)
    assert task.data["picture_1"] == f"https://cdn.test/m/{shown.file}"


def test_chunks_are_of_one_size_and_counted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def send(*given: object) -> int:
        sizes.append(given[3].tasks)  # type: ignore[attr-defined]
        return push.send(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(boxes, "CHUNK", 3)
    monkeypatch.setattr(boxes, "send", send)
    for number in range(7):
        site.ask(number)
    assert site.pushed()["projects"][0]["tasks_total"] == 7
    assert sizes == [3, 3, 1]


def test_a_push_that_failed_half_way_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(*given: object) -> int:
        push.send(*given)  # type: ignore[arg-type]
        raise LabelStudioError("stopped")

    for number in range(7):
        site.ask(number)
    with monkeypatch.context() as patch:
        patch.setattr(boxes, "CHUNK", 3)
        patch.setattr(boxes, "send", send)
        assert site.push().code == 1
    assert site.tasks().total() == 3
    assert site.pushed()["tasks_new"] == 4
    assert site.tasks() == site.wanted


def late(live: Live, project: int) -> list[int]:
    """The tasks of a project, come a second time by an import that was given up; their ids."""
    there = live.client.tasks.list(project=project, fields="task_only", resolve_uri=False)
    again = [{"data": task.data} for task in there]
    for task in again:
        task["data"][names.ABOUT][BROUGHT_BY] = "late"
    reply = live.client.projects.import_tasks(id=project, request=again, return_task_ids=True)
    return list(reply.task_ids)


def test_tasks_that_come_after_they_were_sent_again_are_taken_back(site: Site, live: Live) -> None:
    for number in range(3):
        site.ask(number)
    project = site.pushed()["projects"][0]["project"]
    late(live, project)
    ran = site.pushed()
    assert (ran["tasks_new"], ran["taken_back"]) == (0, 3)
    assert site.tasks() == site.wanted


def test_of_a_task_that_came_twice_the_one_with_a_vote_stays(site: Site, live: Live) -> None:
    site.ask(1)
    project = site.pushed()["projects"][0]["project"]
    (number,) = late(live, project)
    live.client.annotations.create(id=number, result=[pressed(names.VERDICT, names.TIE)])
    assert site.pushed()["taken_back"] == 1
    assert [it.id for it in live.client.tasks.list(project=project)] == [number]


def test_two_votes_on_a_task_that_came_twice_both_stay(site: Site, live: Live) -> None:
    site.ask(1)
    project = site.pushed()["projects"][0]["project"]
    late(live, project)
    for task in live.client.tasks.list(project=project):
        live.client.annotations.create(id=task.id, result=[pressed(names.VERDICT, names.TIE)])
    assert site.pushed()["taken_back"] == 0
    assert site.tasks().total() == 2


def test_a_prompt_stays_where_it_is_when_its_number_of_raters_changes(site: Site) -> None:
    site.ask(1)
    site.pushed()
    (site.bench.root / "routes.parquet").unlink()
    site.bench.config = site.bench.config.replace("raters = 1", "") + "raters = 3\n"
    ran = site.pushed()
    assert (ran["tasks_new"], ran["raters_changed"]) == (0, 1)
    assert len(site.projects()) == 1


def test_a_page_edited_by_hand_is_named(site: Site, live: Live) -> None:
    site.ask(1)
    number = site.pushed()["projects"][0]["project"]
    (project,) = site.projects()
    edited = project.label_config.replace('value="unsafe"', 'value="rude"')
    live.client.projects.update(id=number, label_config=edited)
    site.ask(2)
    assert curate("route", "-C", site.bench.write().root).code == 0
    ran = site.push()
    assert ran.code == 1
    assert f"project {number} (" in ran.err
    assert "edited by hand" in ran.err
    assert len(ran.err.splitlines()) == 1
    live.client.projects.update(id=number, label_config=project.label_config)
    assert site.pushed()["tasks_new"] == 1


def test_a_project_or_a_task_that_was_deleted_is_pushed_again(site: Site, live: Live) -> None:
    for number in range(2):
        site.ask(number)
    number = site.pushed()["projects"][0]["project"]
    live.client.tasks.delete(id=str(next(iter(live.client.tasks.list(project=number))).id))
    assert site.pushed()["tasks_new"] == 1
    live.client.projects.delete(id=number)
    assert site.pushed()["tasks_new"] == 2
    assert site.tasks() == site.wanted


def test_a_revoked_key_is_one_line(site: Site, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", live.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    site.ask(1)
    ran = site.push()
    assert ran.code == 1
    assert "the key is not accepted" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_hostile_text_is_kept_as_text(site: Site) -> None:
    site.ask(1, "<script>x</script> {{x}} $title", "[a](javascript:x) \x00 \ud7ff")
    site.pushed()
    assert site.tasks() == site.wanted


def test_metrics_without_weight_are_not_asked_and_not_missed(live: Live, tmp_path: Path) -> None:
    idle = '[[rubric.metric]]\nname = "chatter"\nquestion = "Does it chatter?"\nweight = 0\n'
    site = Site.of(live, tmp_path / "work", rule("true", "human") + idle)
    site.ask(1)
    site.bench.vote(f"{site.name}, 1?", "judge:j", {"a": 3, "b": 1})
    site.pushed("--set", "label_studio.metrics=weighted", "--preannotate")
    (project,) = site.projects()
    assert "score_a_good" in project.label_config
    assert "chatter" not in project.label_config
    (task,) = live.client.tasks.list(project=project.id)
    (prediction,) = live.client.predictions.list(task=task.id)
    prefilled = {it["from_name"] for it in prediction.result if it["from_name"].startswith("score")}
    assert prefilled == {names.score("a", "good"), names.score("b", "good")}
    scored = [choices(names.score("a", "good"), "3"), choices(names.score("b", "good"), "1")]
    live.client.annotations.create(id=task.id, result=scored)
    pulled = curate("label", "pull", "-C", site.bench.root, "--json")
    assert (pulled.code, pulled.err, pulled.json["events_new"]) == (0, "", 1)
    (path,) = (site.bench.root / "annotations").glob("label-*.jsonl")
    (event,) = journal.read(path)
    assert [dict(it.scores) for it in event.answers] == [{"good": 3}, {"good": 1}]
    assert site.pushed()["tasks_new"] == 0
