import pytest

from curate.sources.shaping import BadRowError
from curate.sources.shared_prompt import shared_messages, shared_text
from tests.support.layout_examples import message

ASKED = message("user", "How many cups?")
THREE, TWO = message("assistant", "Three."), message("assistant", "Two.")


def test_conversations_share_all_but_their_last_message() -> None:
    assert shared_messages([ASKED, THREE], [ASKED, TWO]) == ([ASKED], [THREE], [TWO])


def test_conversations_that_part_earlier_answer_different_prompts() -> None:
    other = message("user", "How many cats?")
    for chosen, rejected in [([ASKED, THREE], [other, TWO]), ([ASKED, THREE], [ASKED, TWO, ASKED])]:
        with pytest.raises(BadRowError) as raised:
            shared_messages(chosen, rejected)
        assert raised.value.reason == "mismatched_prompt"


@pytest.mark.parametrize(
    ("chosen", "rejected", "parts"),
    [
        ("The sky is blue.", "The sky is green.", ("The sky is", " blue.", " green.")),
        ("The sky is blue.", "The sky is black.", ("The sky is", " blue.", " black.")),
        ("The sky is", "The sky is blue.", ("The sky is", "", " blue.")),
        ("Q: 1+1?\nA: 2", "Q: 1+1?\nA: 3", ("Q: 1+1?\nA:", " 2", " 3")),
    ],
)
def test_texts_share_their_first_whole_words(
    chosen: str, rejected: str, parts: tuple[str, str, str]
) -> None:
    assert shared_text(chosen, rejected) == parts


def test_transcripts_are_cut_at_their_last_answer() -> None:
    start = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: How many?\n\nAssistant: "
    prompt, chosen, rejected = shared_text(f"{start}There are three.", f"{start}There are two.")
    assert [(turn["role"], turn["content"]) for turn in prompt] == [
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "How many?"),
    ]
    assert (chosen[0]["content"], rejected[0]["content"]) == ("There are three.", "There are two.")


@pytest.mark.parametrize(
    ("chosen", "rejected", "reason"),
    [
        ("Three.", "Two.", "empty_prompt"),
        ("", "Two.", "empty_prompt"),
        ("The same.", "The same.", "contradiction"),
        ("\n\nHuman: A\n\nAssistant: x", "\n\nHuman: B\n\nAssistant: y", "mismatched_prompt"),
    ],
)
def test_texts_without_a_prompt_are_bad_rows(chosen: str, rejected: str, reason: str) -> None:
    with pytest.raises(BadRowError) as raised:
        shared_text(chosen, rejected)
    assert raised.value.reason == reason
