import json

from hypothesis import given
from hypothesis import strategies as st

from curate.report.safe_scripts import harmless, policy, script_json
from tests.support import hostile


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_what_stands_in_a_script_reads_back_as_it_was(value: object) -> None:
    assert json.loads(script_json(value)) == value


def test_no_text_ends_the_script_or_turns_it_around() -> None:
    made = script_json([*hostile.texts(), "</SCRIPT >", "\u2028\u2029\u202e\u2066\ufeff\x7f\x9b"])
    assert not set("<>&\u2028\u2029\u202e\u2066\ufeff\x7f\x9b") & set(made)


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    assert harmless('"\ud800"') == '"\\ud800"'


def test_the_policy_names_scripts_and_styles_by_their_hashes_alone() -> None:
    said = policy(["let a"], ["b {}"], loads=False)
    assert "default-src 'none'" in said
    assert "script-src 'sha256-" in said
    assert "style-src 'sha256-" in said
    assert not [word for word in ("unsafe", "strict-dynamic", "*", "http") if word in said]


def test_scripts_beside_the_page_are_loaded_only_by_its_own() -> None:
    assert "'strict-dynamic'" in policy(["let a"], [], loads=True)


def test_a_page_without_scripts_lets_none_run() -> None:
    assert "script-src 'none'" in policy([], ["b {}"], loads=False)
