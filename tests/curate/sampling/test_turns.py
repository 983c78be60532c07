"""Prompts as chats: their turns, with pictures in their places."""

from annotate.base import Picture, Request, Text
from curate.sampling.draws import Draw
from curate.sampling.settings import Sampling
from curate.sampling.turns import request_of
from schemas.candidate import Medium, Message, Part, Prompt, Role, prompt_id_of
from tests.support.examples import BLUE, RED, picture
from tests.support.judging import frames

DRAW = Draw("0" * 32, "1" * 32, 0, 7, "{}")


def turn(role: Role, *parts: str | int) -> Message:
    """A turn of texts and of media by their index."""
    made = [
        Part(type="text", text=part)
        if isinstance(part, str)
        else Part(type="media", media_index=part)
        for part in parts
    ]
    return Message(role=role, parts=tuple(made))


def sent(*messages: Message, media: tuple[Medium, ...] = (), system: str | None = None) -> Request:
    prompt = Prompt(
        prompt_id=prompt_id_of(messages, media), messages=messages, media=media, source="t"
    )
    return request_of(prompt, DRAW, Sampling(system=system), pictures)


def pictures(medium: Medium) -> tuple[Picture, ...]:
    names = medium.frames or (str(medium.file),)
    return tuple(Picture(name.encode(), "image/png") for name in names)


def seen(request: Request) -> list[tuple[str, list[str]]]:
    """Each turn's role with its parts in words."""
    return [
        (
            turn.role,
            [it.text if isinstance(it, Text) else it.data.decode()[:1] for it in turn.parts],
        )
        for turn in request.turns
    ]


def test_turns_and_pictures_keep_their_order() -> None:
    request = sent(
        turn("user", 0, "Before.", 1, "Which?"),
        turn("assistant", "The first."),
        turn("user", "And here?", 0),
        media=(picture(RED), picture(BLUE)),
    )
    assert seen(request) == [
        ("user", ["a", "Before.", "b", "Which?"]),
        ("assistant", ["The first."]),
        ("user", ["And here?", "a"]),
    ]


def test_frames_stand_in_the_place_of_a_video() -> None:
    request = sent(turn("user", "See", 0, "this."), media=(frames(3),))
    assert len(request.turns[0].parts) == 5
    assert isinstance(request.turns[0].parts[0], Text)
    assert [type(part) for part in request.turns[0].parts[1:4]] == [Picture] * 3


def test_a_prompts_own_system_turn_is_the_system_text() -> None:
    request = sent(turn("system", "Be brief."), turn("user", "Hi"), system="Be long.")
    assert request.system == "Be brief."
    assert seen(request) == [("user", ["Hi"])]


def test_several_system_turns_stand_below_one_another() -> None:
    request = sent(turn("system", "One", "."), turn("system", "Two."), turn("user", "Hi"))
    assert request.system == "One.\n\nTwo."


def test_the_runs_system_text_is_for_prompts_without_one() -> None:
    assert sent(turn("user", "Hi"), system="Be long.").system == "Be long."
    assert sent(turn("user", "Hi")).system == ""


def test_a_turn_without_parts_is_an_empty_text() -> None:
    assert seen(sent(turn("user", "Hi"), turn("assistant"), turn("user", "Hm"))) == [
        ("user", ["Hi"]),
        ("assistant", [""]),
        ("user", ["Hm"]),
    ]


def test_settings_go_with_the_draws_seed() -> None:
    request = sent(turn("user", "Hi"))
    assert (request.seed, request.temperature, request.max_output_tokens) == (7, 1.0, 1024)
    assert request.schema is None
