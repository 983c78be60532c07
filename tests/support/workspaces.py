"""Small workspaces written straight as pulls and journals, so that a test says only its votes."""

import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from annotate import journal
from curate.build import BuildReport, build
from curate.settings import resolve
from curate.workspace import Workspace
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.candidate import (
    Candidate,
    Generation,
    Medium,
    Message,
    Part,
    Prompt,
    candidate_id_of,
    prompt_id_of,
)
from schemas.config import Config
from schemas.event import Answer, Event
from schemas.manifest import PullManifest
from schemas.pair import DroppedRow
from schemas.rubric import Rubric

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
REWARD = "reward:-1000:1000"
MM_RLHF = '[rubric]\npreset = "mm-rlhf"\n'


@dataclass
class Bench:
    """A workspace in the making: prompts, answers and votes, then `build()`."""

    root: Path
    config: str = ""
    prompts: dict[str, Prompt] = field(default_factory=dict)
    candidates: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def prompt(self, text: str, *answers: str, media: Sequence[Medium] = ()) -> str:
        """A prompt with these answers; the text is its handle."""
        parts = [Part(type="media", media_index=index) for index in range(len(media))]
        messages = (Message(role="user", parts=(*parts, Part(type="text", text=text))),)
        prompt_id = prompt_id_of(messages, media)
        self.prompts[text] = Prompt(
            prompt_id=prompt_id, messages=messages, media=tuple(media), source="test"
        )
        for answer in answers:
            self.answer(text, answer)
        return prompt_id

    def answer(self, prompt: str, text: str, *, written: bool = False, model: str = "m") -> str:
        """One more answer to a prompt."""
        prompt_id = self.prompts[prompt].prompt_id
        candidate = Candidate(
            prompt_id=prompt_id,
            candidate_id=candidate_id_of(prompt_id, text),
            response=text,
            origin="written" if written else "sampled",
            generations=() if written else (Generation(model=model),),
            source="test",
        )
        self.candidates[prompt, text] = candidate
        return candidate.candidate_id

    def vote(
        self,
        prompt: str,
        rater: str = "human:anna",
        scores: Mapping[str, Mapping[str, float] | float] | None = None,
        tiers: Iterable[Iterable[str]] | None = None,
        **event: Any,
    ) -> Event:
        """One event. A number for an answer is its score on every metric of the rubric."""
        kind, _, name = rater.partition(":")
        rubric = _rubric(self.config)
        metrics = [metric.name for metric in rubric.metric]
        answers = [
            Answer(
                candidate_id=self._id(prompt, text),
                scores=dict.fromkeys(metrics, given) if isinstance(given, int | float) else given,
            )
            for text, given in (scores or {}).items()
        ]
        values: dict[str, Any] = {
            "at": NOW,
            "prompt_id": self.prompts[prompt].prompt_id,
            "rater": {"kind": kind, "id": name, "version": event.pop("version", None)},
            "rubric_id": rubric.rubric_id if scores else None,
            "answers": tuple(answers),
            "tiers": None
            if tiers is None
            else tuple(tuple(self._id(prompt, text) for text in tier) for tier in tiers),
            **event,
        }
        values.setdefault("event_id", content_id([len(self.events), prompt, rater]))
        made = Event.model_validate(values)
        self.events.append(made)
        return made

    def reward(
        self,
        prompt: str,
        rewards: Mapping[str, float],
        rater: str = "rm",
        *,
        flags: Sequence[str] = ("cross_fitted",),
        version: str = "v1",
        **event: Any,
    ) -> Event:
        """One event of a reward model, which never votes."""
        scores = {text: {"reward": reward} for text, reward in rewards.items()}
        values = {"rubric_id": REWARD, "flags": tuple(flags), "version": version, **event}
        return self.vote(prompt, f"reward_model:{rater}", scores, **values)

    def sums(self, prompt: str, sums: Mapping[str, int], rater: str = "human:anna") -> Event:
        """A prompt whose answers got these sums of helpfulness, correctness and coherence."""
        self.prompt(prompt, *sums)
        return self.vote(prompt, rater, {answer: five(total) for answer, total in sums.items()})

    def build(self, *settings: str, **options: Any) -> BuildReport:
        """Write everything and build with these `--set` overrides."""
        workspace = self.write(*settings)
        return build(workspace, now=NOW, **options)

    def copy_of(self, other: "Bench") -> "Bench":
        """Become another one, its files too, which cost less to copy than to make."""
        shutil.copytree(other.root, self.root, symlinks=True, dirs_exist_ok=True)
        self.config = other.config
        self.prompts = dict(other.prompts)
        self.candidates = dict(other.candidates)
        self.events = list(other.events)
        return self

    def dropped(self, report: BuildReport) -> set[tuple[str, str]]:
        """(reason, "chosen > rejected" or "one ~ other") of every pair that left."""
        texts = {found.candidate_id: text for (_, text), found in self.candidates.items()}
        found = set()
        for row in rows(report, "dropped"):
            if row["level"] == "pair":
                one, relation, other = row["detail"].partition(":")[0].split(" ")
                found.add((row["reason"], f"{texts[one]} {relation} {texts[other]}"))
        return found

    def write(self, *settings: str) -> Workspace:
        """The workspace on disk: one pull and one journal."""
        workspace = Workspace.open(self._made(), settings)
        write_pull(workspace, "test-1", self.prompts.values(), self.candidates.values())
        with (workspace.annotations / "votes.jsonl").open("wb") as file:
            journal.write(file, self.events)
        return workspace

    def _made(self) -> Path:
        for name in ("pulls", "media", "annotations", "builds"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        (self.root / "curate.toml").write_text(self.config, "utf-8")
        return self.root

    def _id(self, prompt: str, text: str) -> str:
        found = self.candidates.get((prompt, text))
        return found.candidate_id if found else content_id(["nowhere", text])


@cache
def _rubric(config: str) -> Rubric:
    return resolve(Config.model_validate(tomllib.loads(config))).rubric


def write_pull(
    workspace: Workspace,
    pull_id: str,
    prompts: Iterable[Prompt],
    candidates: Iterable[Candidate],
    dropped: Iterable[DroppedRow] = (),
) -> None:
    """One committed pull."""
    folder = workspace.pulls / pull_id
    folder.mkdir(exist_ok=True)
    by_id = sorted(prompts, key=lambda prompt: prompt.prompt_id)
    pq.write_table(to_table(by_id, Prompt), folder / "prompts.parquet")
    answers = sorted(candidates, key=lambda candidate: candidate.candidate_id)
    pq.write_table(to_table(answers, Candidate), folder / "candidates.parquet")
    pq.write_table(to_table(dropped, DroppedRow), folder / "dropped.parquet")
    manifest = PullManifest(
        pull_id=pull_id,
        source="test",
        revision=None,
        licence="CC0-1.0",
        format="native",
        map={},
        counts={},
        dropped={},
        digest="0" * 64,
        version="0",
        at=NOW,
    )
    (folder / "pull.json").write_text(manifest.model_dump_json(), "utf-8")


def five(total: int) -> dict[str, float]:
    """Scores of the five-metric rubric whose weighted sum is `total` (0 to 12)."""
    least, more = divmod(total, 3)
    weighted = ("helpfulness", "correctness", "coherence")
    scores = {name: float(least + (place < more)) for place, name in enumerate(weighted)}
    return {**scores, "complexity": 0.0, "verbosity": 0.0}


def seal(journal_path: Path) -> Path:
    """The journal's events as sealed Parquet; the lines are gone."""
    sealed = journal_path.with_suffix(".parquet")
    pq.write_table(to_table(journal.read(journal_path), Event), sealed)
    journal_path.unlink()
    return sealed


def rows(report: BuildReport, table: str) -> list[dict[str, Any]]:
    """The rows of one table of a build."""
    read = pq.read_table(report.folder / f"{table}.parquet")
    return list(read.to_pylist(maps_as_pydicts="strict"))


def outcome(report: BuildReport, table: str = "pairs") -> set[tuple[str, str]]:
    """(chosen, rejected) of every pair."""
    return {(row["chosen"], row["rejected"]) for row in rows(report, table)}


def only(report: BuildReport, table: str = "pairs") -> dict[str, Any]:
    """The one row of a table, with its numbers as floats."""
    (row,) = rows(report, table)
    return {key: float(it) if isinstance(it, Decimal) else it for key, it in row.items()}


def reasons(report: BuildReport, level: str = "pair") -> list[str]:
    """The drop reasons of one level, sorted."""
    return sorted(row["reason"] for row in rows(report, "dropped") if row["level"] == level)
