"""OpenRLHF: its reward dataset over every row, whose tokens must hold both answers."""

from types import SimpleNamespace
from typing import Any

from export.verify.base import (
    Checked,
    Reader,
    Written,
    expect,
    expect_two_answers,
    place,
    refusing,
)
from export.verify.datasets_reader import loaded

LONGEST = 1 << 20


def read(written: Written) -> Checked:
    """Load every split. Raises RefusedError at the first row that OpenRLHF refuses."""
    from openrlhf.datasets.reward_dataset import RewardDataset

    from export.verify import tiny

    words = tiny.tokenizer()
    rows = 0
    for split, count in written.filled().items():
        with refusing(split):
            table = loaded(written, split)
        chat = not isinstance(table[0]["chosen"], str)
        keys = {"prompt_key": "prompt", "chosen_key": "chosen", "rejected_key": "rejected"}
        data = SimpleNamespace(**keys, apply_chat_template=chat)
        strategy = SimpleNamespace(args=SimpleNamespace(data=data))
        with refusing(split):
            ready = RewardDataset(table, words, LONGEST, strategy, num_processors=None)
        expect(len(ready) == count, split, f"{len(ready)} rows are left of {count}")
        for number in range(count):
            where = place(split, number, table[number])
            expect_two_answers(table[number], where)
            with refusing(where):
                chosen, _, rejected, _, margin = ready.collate_fn([ready[number]])[:5]
                float(margin[0])
            for name, ids in (("chosen", chosen), ("rejected", rejected)):
                text = words.decode(ids[0])
                expect(_text(table[number][name]).rstrip("\n") in text, where, f"{name} is lost")
        rows += count
    return Checked(rows, f"{rows:,} rows through its reward dataset and collator")


READER = Reader("openrlhf", read)


def _text(answer: Any) -> str:
    return str(answer if isinstance(answer, str) else answer[-1]["content"])
