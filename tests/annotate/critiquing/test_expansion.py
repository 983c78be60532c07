"""Which replies are taken for an expansion of a comment."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.critiquing.expansion import LONGEST, fault_of, is_copied, read_expansion
from annotate.prompting.unparsable import Unparsable
from tests.support.critiquing import commented, critique_of

VIEW = commented("wrong colour, good tone", answer="The bus is red and it stops at the corner.")
FULLER = "The answer gets the colour wrong. Its tone, on the other hand, is good."


def test_a_fuller_version_is_taken_as_it_is() -> None:
    assert read_expansion(critique_of(f"  {FULLER}\n"), VIEW) == FULLER
    fenced = f"```json\n{critique_of(FULLER)}\n```"
    assert read_expansion(fenced, VIEW) == FULLER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no_critique"),
        (" \n", "no_critique"),
        ("Wrong colour.", "no_critique"),
        ("wrong colour, good tone", "no_critique"),
        ("The bus is red and it stops at the corner.", "no_critique"),
        ("Well, the bus is red and it stops at the corner.", "no_critique"),
        ("long " * LONGEST, "no_critique"),
        (f"{FULLER} It should have said 7.", "new_claim"),
        (f"{FULLER} The picture shows the Brandenburg Gate.", "new_claim"),
    ],
)
def test_what_is_no_expansion_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unparsable) as refused:
        read_expansion(critique_of(text), VIEW)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "The answer is good.",
        "{}",
        '{"critique": 4}',
        '{"critique": "a',
        '[{"critique": "a"}] {}',
    ],
)
def test_a_reply_of_another_shape_cannot_be_read(reply: str) -> None:
    with pytest.raises(Unparsable) as refused:
        read_expansion(reply, VIEW)
    assert refused.value.reason == "unparsable"


def test_a_comment_that_cites_the_answer_may_be_written_out() -> None:
    view = commented("says 'The bus is red', wrong", answer="The bus is red.")
    assert fault_of("The answer says 'The bus is red', and that is wrong.", view) is None


@pytest.mark.parametrize(
    ("comment", "critique"),
    [
        ("数对了但太短", "这个回答数得正确。不过内容过短。没有展开。"),
        ("Bild falsch gelesen", "Die Antwort liest das Bild falsch, und das wird ihr Fehler."),
        ("الجواب صحيح لكنه قصير", "يرى صاحب التعليق أن الجواب صحيح، لكنه قصير أكثر مما ينبغي."),
        ("неверный цвет", "Ответ называет неверный цвет, и это недостаток ответа."),
        ("สีผิด", "คำตอบนี้บอกสีผิด ซึ่งเป็นข้อบกพร่องของคำตอบ"),
    ],
)
def test_expansions_in_other_languages_are_taken(comment: str, critique: str) -> None:
    assert fault_of(critique, commented(comment)) is None


@given(st.text(max_size=80), st.text("abc ", max_size=10))
def test_the_answer_itself_is_no_critique(answer: str, more: str) -> None:
    assert fault_of(answer.strip(), commented("~", answer=f"{answer.strip()}{more}")) is not None


@given(st.text(min_size=1, max_size=40))
def test_a_comment_told_again_is_not_taken_for_the_answer(comment: str) -> None:
    assert not is_copied(comment, commented(comment, answer=f"{comment} and more of it"))


@given(st.text(max_size=400))
def test_any_reply_is_read_or_refused(text: str) -> None:
    for reply in (text, json.dumps({"critique": text})):
        with suppress(Unparsable):
            assert len(read_expansion(reply, VIEW)) > len(VIEW.comment)
