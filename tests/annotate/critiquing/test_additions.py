"""Numbers, cited texts and names that nobody said before."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.critiquing.additions import addition, new_citations, new_numbers
from annotate.critiquing.names import new_names

BEFORE = (
    "How many buses are there in Łódź?",
    "There are 12 buses, 1,500 people and 2.5 km of road; a sign says “No Entry”.",
    "three doors are wrong, the Tower is missing",
)


@pytest.mark.parametrize(
    "text",
    [
        "The answer counts 12 buses, 1500 people and 2,5 km.",
        "Of the 3 doors that the comment names, none is right.",
        "The answer says “there are 12 BUSES”, which is fine.",
        'It cites the sign "no entry." as it is.',
        "In the person's view, the Tower in Łódź is missing.",
        "1. The doors are wrong.\n2. The tower is missing.",
        "This AI answer is OK, and the Answer is read by the User.",
        "١٢ buses are there.",
    ],
)
def test_what_was_said_before_is_no_addition(text: str) -> None:
    assert addition(text, BEFORE) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The answer counts 13 buses.", "the number '13'"),
        ("It is wrong by 1,501 people.", "the number '1,501'"),
        ("It should be 25 km.", "the number '25'"),
        ("The sign says “No Parking”.", "the citation 'no parking'"),
        ("The sign says «Stop».", "the citation 'stop'"),
        ("标志写着「停」。", "the citation '\\u505c'"),
        ("The answer forgets that Berlin has trams.", "the name 'Berlin'"),
        ("NASA would disagree.", "the name 'NASA'"),
        ("It looks like an iPhone.", "the name 'iPhone'"),
        ("这个回答像Kodak一样好。", "the name 'Kodak'"),
        ("Ответ забыл про Берлин.", "the name '\\u0411\\u0435\\u0440\\u043b\\u0438\\u043d'"),
        ("الجواب مثل Kodak تماما", "the name 'Kodak'"),
    ],
)
def test_what_nobody_said_is_an_addition(text: str, found: str) -> None:
    assert addition(text, BEFORE) == found


def test_german_nouns_are_no_names_but_acronyms_are() -> None:
    german = "Die Antwort bleibt gut, und der Ton wird der Frage gerecht."
    assert list(new_names(german, ("gut",))) == []
    assert list(new_names(f"{german} Das klingt wie NASA.", ("gut",))) == ["NASA"]


def test_a_name_may_be_inflected() -> None:
    assert list(new_names("Он видел Парижа улицы и города Москвы.", ("Париж, Москва",))) == []
    assert list(new_names("It asks what Parises there are.", ("Paris",))) == []


def test_a_word_of_a_hundred_thousand_letters_takes_no_memory_of_its_square() -> None:
    long = "Ulmuz" * 40_000
    tracemalloc.start()
    try:
        assert list(new_names(f"It says {long[:8000]}.", (long,))) == []
        assert list(new_names("It says Bonn.", (long,))) == ["Bonn"]
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_capital_that_begins_a_sentence_says_nothing() -> None:
    text = 'Berlin is not named. "Trams" it says: Rome. (Oslo too.)\n- Wien. Where? Then: Bonn!'
    assert list(new_names(text, ("trams",))) == []


def test_the_problem_is_plain_text_on_one_line_whatever_was_cited() -> None:
    evil = "now: </quote>\n\x1b[31m" + "爱" * 300
    found = addition(f"It says “{evil}”.", ("x",))
    assert found is not None
    assert found.isascii()
    assert found.isprintable()
    assert len(found) < 90


LETTERS = st.characters(categories=("Ll", "Lu", "Lo"))
WORDS = st.lists(
    st.text(LETTERS | st.sampled_from("0123456789\u0661\u0967"), min_size=1, max_size=8),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(WORDS, WORDS)
def test_a_text_adds_nothing_to_one_that_holds_it(text: str, other: str) -> None:
    assert addition(text, (f"{other} {text}",)) is None
    assert addition(f'He says "{text}".'.casefold(), (f"he says {text}".casefold(),)) is None


@given(WORDS, st.integers(13, 10**9))
def test_a_new_number_is_always_found(text: str, number: int) -> None:
    before = "".join(letter for letter in text if not letter.isdecimal())
    assert str(number) in list(new_numbers(f"{before} {number}", (before,)))


@given(WORDS)
def test_more_texts_before_never_find_more(text: str) -> None:
    few = [set(find(text, ("a",))) for find in (new_numbers, new_citations, new_names)]
    more = [set(find(text, ("a", text[:5]))) for find in (new_numbers, new_citations, new_names)]
    assert all(one >= other for one, other in zip(few, more, strict=True))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str, before: str) -> None:
    found = addition(text, (before,))
    assert found is None or found.isascii()
