"""`curate align generate`: prompts in, a file of answers out, going on where it stopped.

Batches follow the source's order, and a batch's draw follows its prompts and the seed, so that a
run that was cut off ends with the answers that an unbroken one gives.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from align.checkpoints import digest_of, open_model
from align.folders import model_name
from align.generate import encode, room_of, write_answers
from align.loading import Loaded
from align.progress import Advance
from curate.generating.conversations import conversation_of
from curate.generating.lines import answered, append, line_of
from curate.generating.questions import Questions, read_questions
from curate.generating.report import Asked, GenerationReport
from curate.locks import held
from curate.media.store import MediaStore
from schemas.candidate import Prompt
from schemas.rubric import Rubric

MEDIA = "media"


def generate(asked: Asked, rubric: Rubric, now: datetime, advance: Advance) -> GenerationReport:
    """Answer every prompt that the file has no answers of.

    Raises AlignError, SourceError or WorkspaceError, each with what to do.
    """
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    store = MediaStore(asked.out.parent / MEDIA)
    with held(asked.out.parent / ".lock", "generating"):
        questions = read_questions(
            asked.source,
            store,
            rubric,
            now,
            split=asked.split,
            limit=asked.limit,
            media_root=asked.media_root,
        )
        store.settle()
        loaded = open_model(asked.model)
        return _Run(asked, loaded, store).answer(questions, advance)


class _Run:
    """One run over the questions."""

    def __init__(self, asked: Asked, loaded: Loaded, store: MediaStore) -> None:
        self.asked, self.loaded, self.store = asked, loaded, store
        self.model = asked.name or model_name(asked.model)
        self.checkpoint = digest_of(asked.model, loaded)
        self.sampling = _sampling(asked, self.checkpoint)

    def answer(self, questions: Questions, advance: Advance) -> GenerationReport:
        done = answered(self.asked.out, self.sampling)
        prompts = questions.prompts
        report = GenerationReport(
            out=self.asked.out,
            model=self.model,
            checkpoint=self.checkpoint,
            prompts=len(prompts),
            already=sum(prompt.prompt_id in done for prompt in prompts),
            left_out=Counter(questions.left_out),
            prompt_ids=tuple(prompt.prompt_id for prompt in prompts),
        )
        advance(0, "answering", len(prompts))
        for start in range(0, len(prompts), self.asked.batch_size):
            batch = prompts[start : start + self.asked.batch_size]
            if not all(prompt.prompt_id in done for prompt in batch):
                self._answer_batch(batch, done, report)
            advance(len(batch))
        return report

    def _answer_batch(
        self, batch: Sequence[Prompt], done: set[str], report: GenerationReport
    ) -> None:
        """Answer a whole batch, also where a part of it is here, and write what is not."""
        fitting, tensors = self._fitting(batch, report)
        if not fitting:
            return
        answers = write_answers(
            self.loaded,
            tensors,
            self.asked.decoding,
            seed=_batch_seed(self.asked.decoding.seed, batch),
            count=self.asked.count,
        )
        folder = self.asked.out.parent
        lines = []
        for prompt, written in zip(fitting, answers, strict=True):
            if prompt.prompt_id not in done:
                lines.append(
                    line_of(prompt, written, self.store, folder, self.model, self.sampling)
                )
                report.written += len(written)
                report.truncated += sum(answer.finish == "truncated" for answer in written)
        append(self.asked.out, lines)

    def _fitting(
        self, batch: Sequence[Prompt], report: GenerationReport
    ) -> tuple[Sequence[Prompt], dict[str, Any]]:
        """The prompts that the model can be asked, encoded; the others are counted."""
        shown = [prompt for prompt in batch if self.loaded.sees or not prompt.media]
        if len(shown) < len(batch):
            report.left_out["text_only_model"] += len(batch) - len(shown)
        turns = [
            conversation_of(prompt, self.store, self.asked.frames, self.asked.request)
            for prompt in shown
        ]
        tensors = encode(self.loaded, turns) if turns else {}
        room = room_of(self.loaded)
        if room is None or not turns:
            return shown, tensors
        lengths = tensors["attention_mask"].sum(dim=1) + self.asked.decoding.max_new_tokens
        fits = (lengths <= room).tolist()
        if all(fits):
            return shown, tensors
        report.left_out["over_length"] += fits.count(False)
        kept = [prompt for prompt, fit in zip(shown, fits, strict=True) if fit]
        short = [turn for turn, fit in zip(turns, fits, strict=True) if fit]
        return kept, encode(self.loaded, short) if short else {}


def _sampling(asked: Asked, checkpoint: str) -> Mapping[str, Any]:
    """How the answers are made, as every answer says it."""
    told: dict[str, Any] = {"checkpoint": checkpoint, "max_tokens": asked.decoding.max_new_tokens}
    told["temperature"] = asked.decoding.temperature
    if asked.decoding.temperature:
        told |= {"top_p": asked.decoding.top_p, "seed": asked.decoding.seed, "n": asked.count}
    if asked.request:
        told["request"] = asked.request
    return told


def _batch_seed(seed: int, batch: Sequence[Prompt]) -> int:
    """A seed of the batch's own, of 63 bits."""
    names = "\n".join(prompt.prompt_id for prompt in batch)
    return int(hashlib.sha256(f"{seed}\n{names}".encode()).hexdigest()[:16], 16) >> 1
