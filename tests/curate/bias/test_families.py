import pytest

from curate.bias.families import family_of


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("gemini/gemini-3.5-flash", "gemini"),
        ("Qwen/Qwen2-VL-72B-Instruct", "qwen"),
        ("gpt-4o-2024-08-06", "gpt"),
        ("openai/o3-mini", "gpt"),
        ("ChatGPT-4o", "gpt"),
        ("claude-3-5-sonnet", "claude"),
        ("meta-llama/Llama-3.2-11B-Vision", "llama"),
        ("InternVL2-26B", "internvl"),
        ("7B", "b"),
        ("42", None),
        ("", None),
    ],
)
def test_a_family_is_what_a_models_name_begins_with(name: str, family: str | None) -> None:
    assert family_of(name) == family
