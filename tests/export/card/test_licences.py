"""A licence is collected, never guessed."""

import pytest

from export.card.licences import MIXED, Licence, hub_id, licence_of, may_be_quoted


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Apache-2.0", "apache-2.0"),
        ("MIT", "mit"),
        ("CC BY-NC 4.0", "cc-by-nc-4.0"),
        ("CC0-1.0", "cc0-1.0"),
        ("ODC-By-1.0", "odc-by"),
        ("GPL-3.0-only", "gpl-3.0"),
        ("GPL-3.0-or-later", None),
        ("apache", None),
        ("our own terms", None),
    ],
)
def test_the_hubs_id_is_found_by_its_spelling_alone(given: str, found: str | None) -> None:
    assert hub_id(given) == found


def test_one_licence_is_that_of_the_set() -> None:
    assert licence_of(["CC-BY-4.0", "cc-by-4.0"]) == Licence("cc-by-4.0")


def test_several_are_other_and_all_named() -> None:
    found = licence_of(["MIT", "CC-BY-4.0", "MIT"])
    assert found == Licence("other", MIXED, "cc-by-4.0; mit")


def test_one_that_the_hub_has_no_name_for_is_other_by_its_own_name() -> None:
    found = licence_of(["Our own: terms!"])
    assert found == Licence("other", "our-own-terms", "Our own: terms!")


@pytest.mark.parametrize("nothing", [None, "", " ", "unknown", "Other", "NOASSERTION"])
def test_a_source_without_one_leaves_the_set_without(nothing: str | None) -> None:
    assert licence_of(["MIT", nothing]) == Licence(None, unknown=True)


def test_no_source_is_no_licence() -> None:
    assert licence_of([]) == Licence(None, unknown=True)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("CC BY-SA 4.0", True),
        ("Apache-2.0", True),
        ("cc-by-nd-4.0", False),
        ("cc-by-nc-nd-3.0", False),
        ("our own terms", False),
        ("unknown", False),
        (None, False),
    ],
)
def test_only_what_a_known_licence_lets_go_on_is_quoted(text: str | None, *, may: bool) -> None:
    assert may_be_quoted(text) == may
