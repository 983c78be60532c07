"""Normal forms: NFC, outer space stripped, case kept; only changed texts are told."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.kernels.normal_form import NORMAL_FORM, SCHEMA, digest_of, normal_form

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Aim", "Aim"),
        ("aim", "aim"),
        (" a  b\n", "a  b"),
        ("\u3000x\u00a0", "x"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u2126", "\u03a9"),
        ("\ufb01n", "\ufb01n"),
        ("", ""),
        ("\u200bx", "\u200bx"),
    ],
)
def test_a_normal_form_is_known_by_hand(text: str, form: str) -> None:
    assert normal_form(text) == form


@given(text=TEXTS)
@example(text=" \u0301a")
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    form = normal_form(text)
    assert normal_form(form) == form
    assert normal_form(f" {text}\t") == form or unicodedata.combining(text[:1] or " ")


@given(texts=st.lists(TEXTS, max_size=8))
def test_a_batch_gives_the_texts_that_change_and_no_others(texts: list[str]) -> None:
    ids = [str(number) for number in range(len(texts))]
    columns = {"candidate_id": ids, "prompt_id": ids, "response": texts}
    batch = pa.record_batch(
        {name: pa.array(values, pa.string()) for name, values in columns.items()}
    )
    found = NORMAL_FORM.apply(batch)
    assert found.schema == SCHEMA
    assert found.to_pylist() == [
        {
            "candidate_id": number,
            "prompt_id": number,
            "form": digest_of(form),
            "n_bytes": len(form),
        }
        for number, text in zip(ids, texts, strict=True)
        for form in [normal_form(text).encode("utf-8")]
        if normal_form(text) != text
    ]
