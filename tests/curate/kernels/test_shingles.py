"""Shingle sets are what plain Python finds, in every script, block by block."""

# ruff: noqa: RUF001 - sentences in many scripts

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.kernels import tokens as tokens_module
from curate.kernels.jaccard import JACCARD
from curate.kernels.shingles import sketches
from tests.support import shingle_oracle as oracle

TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=6)
WORDS = st.lists(st.sampled_from(["a", "b", "c", "Ä", "東", "京", "+", ",", "😀"]), max_size=12)

# One sentence each, of our own: "The small red cup stands on the old wooden table."
SENTENCES = {
    "Arabic": "يقف الكوب الأحمر الصغير على الطاولة الخشبية القديمة.",
    "Bengali": "ছোট লাল কাপটি পুরোনো কাঠের টেবিলের উপর দাঁড়িয়ে আছে।",
    "Chinese": "小红杯放在旧木桌上。",
    "Czech": "Malý červený hrnek stojí na starém dřevěném stole.",
    "English": "The small red cup stands on the old wooden table.",
    "French": "La petite tasse rouge se trouve sur la vieille table en bois.",
    "German": "Die kleine rote Tasse steht auf dem alten Holztisch.",
    "Greek": "Το μικρό κόκκινο φλιτζάνι στέκεται στο παλιό ξύλινο τραπέζι.",
    "Hebrew": "הכוס האדומה הקטנה עומדת על שולחן העץ הישן.",
    "Hindi": "छोटा लाल प्याला पुरानी लकड़ी की मेज पर रखा है।",
    "Japanese": "小さな赤いカップが古い木のテーブルの上にあります。",
    "Khmer": "ពែងក្រហមតូចឈរលើតុឈើចាស់។",
    "Korean": "작은 빨간 컵이 오래된 나무 탁자 위에 있습니다.",
    "Lao": "ຈອກສີແດງນ້ອຍຢູ່ເທິງໂຕະໄມ້ເກົ່າ.",
    "Persian": "فنجان قرمز کوچک روی میز چوبی قدیمی ایستاده است.",
    "Russian": "Маленькая красная чашка стоит на старом деревянном столе.",
    "Spanish": "La pequeña taza roja está sobre la vieja mesa de madera.",
    "Tamil": "சிறிய சிவப்பு கோப்பை பழைய மர மேசையில் நிற்கிறது.",
    "Thai": "ถ้วยสีแดงใบเล็กวางอยู่บนโต๊ะไม้เก่า",
    "Turkish": "Küçük kırmızı fincan eski ahşap masanın üzerinde duruyor.",
    "Vietnamese": "Chiếc cốc nhỏ màu đỏ đứng trên chiếc bàn gỗ cũ.",
}


def docs(*texts: str | None) -> pa.RecordBatch:
    numbers = pa.array(range(len(texts)), pa.int64())
    columns = {"doc_no": numbers, "scope": numbers, "text": pa.array(texts, pa.string())}
    return pa.record_batch(columns)


def sets(*texts: str | None) -> list[list[int]]:
    rows = sketches(1).apply(docs(*texts)).to_pylist()
    return [row["shingles"] for row in sorted(rows, key=lambda row: int(row["doc_no"]))]


def similarity(one: str, other: str) -> float:
    found = sets(one, other)
    columns: dict[str, Any] = {
        "one_no": [0],
        "other_no": [1],
        "one_shingles": pa.array([found[0]], pa.list_(pa.int64())),
        "other_shingles": pa.array([found[1]], pa.list_(pa.int64())),
    }
    (row,) = JACCARD.apply(pa.record_batch(columns)).to_pylist()
    return float(row["n_shared"] / row["n_either"]) if row["n_either"] else 0.0


@given(texts=TEXTS)
@example(texts=["a b", "", "a|b ~ c", "東京 tower 5%", "e\u0301 é", "x\u200dy"])
def test_sets_are_as_large_as_plain_python_finds(texts: list[str]) -> None:
    assert list(map(len, sets(*texts))) == [len(oracle.shingles(text)) for text in texts]


@given(one=WORDS, other=WORDS)
def test_the_similarity_of_two_texts_is_what_plain_python_finds(
    one: list[str], other: list[str]
) -> None:
    first, second = " ".join(one), " ".join(other)
    assert similarity(first, second) == pytest.approx(oracle.jaccard(first, second))


@given(texts=TEXTS)
def test_a_text_has_one_set_in_whatever_batch_it_comes(texts: list[str]) -> None:
    assert sets(*texts) == [sets(text)[0] for text in texts]


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*SENTENCES.values(), "", None, "word " * 50]
    whole = sets(*texts)
    monkeypatch.setattr(tokens_module, "BLOCK_UNITS", 64)
    assert sets(*texts) == whole


@pytest.mark.parametrize("language", SENTENCES)
def test_one_word_more_leaves_a_sentence_near_in_every_language(language: str) -> None:
    sentence = SENTENCES[language]
    doubled = f"{sentence} {sentence[::-1]} {sentence}"
    assert oracle.shingles(sentence) > set()
    assert similarity(doubled, f"{doubled} 7") > 0.7
    others = [text for name, text in SENTENCES.items() if name != language]
    assert all(similarity(sentence, other) < 0.1 for other in others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two cups.", "two CUPS"),
        ("**Two** cups", "Two cups"),
        ("ﬁne Ⅳ", "fine iv"),
        ("cafe\u0301 noir", "café noir"),
    ],
)
def test_case_markup_and_compatibility_forms_make_no_difference(one: str, other: str) -> None:
    assert sets(one) == sets(other)


@pytest.mark.parametrize(("one", "other"), [("x > 3", "x < 3"), ("5 %", "5 €"), ("😀", "😡")])
def test_signs_that_turn_a_meaning_do(one: str, other: str) -> None:
    assert sets(one) != sets(other)


def test_a_sketch_holds_the_smallest_numbers_of_the_set() -> None:
    texts = [SENTENCES["English"], "two words", "...", SENTENCES["Thai"]]
    rows = sorted(sketches(4).apply(docs(*texts)).to_pylist(), key=lambda row: int(row["doc_no"]))
    assert [row["keys"] for row in rows] == [found[:4] for found in sets(*texts)]
    assert [row["n_tokens"] for row in rows] == [len(oracle.tokens(text)) for text in texts]
    assert [row["n_shingles"] for row in rows] == list(map(len, sets(*texts)))


def test_equal_sets_have_equal_hashes_and_others_have_others() -> None:
    texts = ["a b c d", "A, b; c d", "a b c e", "", "."]
    rows = sorted(sketches(8).apply(docs(*texts)).to_pylist(), key=lambda row: int(row["doc_no"]))
    hashes = [row["set_hash"] for row in rows]
    assert hashes[0] == hashes[1] != hashes[2]
    assert hashes[3:] == [0, 0]


def test_an_empty_batch_has_no_rows() -> None:
    empty = docs().slice(0, 0)
    assert sketches(8).apply(empty).num_rows == 0
