"""What the page says of itself while something is missing: how much, of which answers, and where.

Label Studio names one missing control at a time, and saves no more drafts of a task whose
submission it refused. So the page's style holds its button back until nothing is missing.
"""

from importlib import resources
from xml.etree.ElementTree import Element

from annotate.label_studio import names

CHOSEN, HIDDEN = ".ant-checkbox-wrapper-checked", ".lsf-choices_hidden"
EMPTY = "form textarea:placeholder-shown"
KINDS = {
    "verdict": "verdict",
    "text": "a written answer",
    "places": "place of",
    "scores": "scores of",
}
"""What may be missing, in the order and in the words in which it is said."""


def style(root: Element) -> str:
    """The style for a page; the box around each required control gets a class of its own."""
    boxes = [box for box in root.iter("View") if any(map(_is_required, box))]
    rules = [_rule(box, number) for number, box in enumerate(boxes)]
    static = (resources.files("annotate.label_studio") / "missing.css").read_text("utf-8")
    return "\n".join([static.rstrip(), _said(), *rules])


def _is_required(control: Element) -> bool:
    return control.get("required") == "true"


def _rule(box: Element, number: int) -> str:
    """What holds while this box's control is in sight and empty."""
    control = next(filter(_is_required, box))
    there = f".pw-need-{number}"
    box.set("className", f"{box.get('className', '')} pw-need {there[1:]}".lstrip())
    if control.tag == "TextArea":
        when = f':has({there}:not([style*="none"]) {EMPTY})'
    else:
        shown = f":has({there} .lsf-choices:not({HIDDEN}))"
        when = f"{shown}:not(:has({there} {CHOSEN}))"
    kind, letter = _kind(control.get("name", ""))
    said = [f'--pw-{kind}: " \N{MIDDLE DOT} {KINDS[kind]}"']
    said += [f'--pw-{kind}-{letter}: " {letter.upper()}"'] if letter else []
    held = ["--pw-missing: var(--pw-all)", "--pw-waits: none", "--pw-faint: 0.45"]
    return f".lsf-wrapper{when} {{ {'; '.join([*held, *said])} }}"


def _kind(name: str) -> tuple[str, str]:
    """What kind of control this is, and the letter of its answer."""
    for letter in names.LETTERS:
        if name == names.place(letter):
            return "places", letter
        if name.startswith(names.score(letter, "")):
            return "scores", letter
    return ("verdict" if name == names.VERDICT else "text"), ""


def _said() -> str:
    """The line beside Submit: how many controls are empty, then which, without the others."""
    parts = [
        part
        for kind in KINDS
        for part in [f"--pw-{kind}", *(f"--pw-{kind}-{letter}" for letter in names.LETTERS)]
    ]
    listed = " ".join(f'var({part}, "")' for part in parts)
    return f'.lsf-wrapper {{ --pw-all: counter(pw-missing) " missing" {listed} }}'
