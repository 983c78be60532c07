"""A model's answers for the benchmarks of text ability, and how to have them judged."""

import time
from dataclasses import dataclass
from pathlib import Path

from align.checkpoints import open_model
from align.evaluation import alpaca_eval, mt_bench, mt_bench_scores
from align.generate import Decoding
from align.progress import Advance
from curate.console import Console
from curate.generating.asked import folder_beside

OUTPUTS = Path("evaluation", "alpaca_eval", "model_outputs.json")


@dataclass(frozen=True, slots=True)
class Written:
    """Answers in a tool's file: how many there are, how many were written now."""

    path: Path
    model: str
    questions: int
    written: int
    command: str

    def show(self, console: Console) -> None:
        """Say where they are, and what judges them."""
        console.say(
            f"{self.written:,} of {self.questions:,} answers of {self.model} written: {self.path}"
        )
        console.say(f"Judge them with: {self.command}")
        console.result(
            {
                "path": str(self.path),
                "model": self.model,
                "questions": self.questions,
                "written": self.written,
                "command": self.command,
            }
        )


def answer_mt_bench(
    bench: Path,
    model: str,
    name: str,
    *,
    judge: str,
    max_new_tokens: int,
    seed: int,
    batch_size: int,
    advance: Advance,
) -> Written:
    """Answer what is not answered yet. Raises AlignError for questions that cannot be read."""
    questions = mt_bench_scores.read_questions(bench)
    path = mt_bench_scores.answer_file(bench, name)
    loaded = open_model(model)
    advance(0, "answering", len(questions))
    written = mt_bench.write_mt_bench(
        loaded,
        questions,
        path,
        name,
        max_new_tokens=max_new_tokens,
        seed=seed,
        batch_size=batch_size,
        clock=time.time,
        advance=advance,
    )
    command = mt_bench_scores.judge_command(name, judge)
    return Written(path, name, len(questions), written, f"{command} (in fastchat/llm_judge)")


def answer_alpaca_eval(
    instructions: Path,
    model: str,
    name: str,
    out: Path | None,
    decoding: Decoding,
    *,
    batch_size: int,
    advance: Advance,
) -> Written:
    """Answer all instructions. Raises AlignError where they cannot be read."""
    rows = alpaca_eval.read_instructions(instructions)
    path = out or folder_beside(model) / OUTPUTS
    loaded = open_model(model)
    advance(0, "answering", len(rows))
    written = alpaca_eval.write_alpaca_eval(
        loaded, rows, path, name, decoding, batch_size=batch_size, advance=advance
    )
    command = alpaca_eval.judge_command(path, path.parent)
    return Written(path, name, len(rows), written, command)
