"""The page's XML, built from elements so that no text can be more than text."""

from xml.etree.ElementTree import Element, indent, tostring

from annotate.label_studio import names
from annotate.label_studio.safe_text import as_html, as_words

NO_KEY = "f19"
"""Label Studio gives every choice without a key one of its own; nobody presses this one."""


def view(*children: Element, style: str = "", when: tuple[str, str, str] | None = None) -> Element:
    """A box. `when` is how, by which control and by which of its values it is shown."""
    found = Element("View", {"className": style} if style else {})
    if when is not None:
        how, control, values = when
        found.attrib |= {"visibleWhen": how, "whenTagName": control, "whenChoiceValue": values}
    found.extend(children)
    return found


def heading(text: str) -> Element:
    """A line of words."""
    style = "margin:0;font-size:13px;line-height:18px;min-width:12px"
    return Element("Header", {"value": as_words(text), "size": "5", "style": style})


def markdown(field: str, style: str = "") -> Element:
    """A data field shown as Markdown."""
    return Element("Markdown", {"value": f"${field}", "className": style})


def word_with_hint(word: str, hint: str) -> Element:
    """A word that says more under the mouse."""
    text = f'<span title="{as_html(as_words(hint))}">{as_html(as_words(word))}</span>'
    return Element("Markdown", {"value": text, "className": "pw-word"})


def choices(
    name: str, values: list[Element], *, required: str = "", multiple: bool = False
) -> Element:
    """A row of buttons. `required` is what is said where none was pressed."""
    found = Element(
        "Choices",
        {
            "name": name,
            "toName": names.TASK,
            "choice": "multiple" if multiple else "single",
            "layout": "inline",
        },
    )
    if required:
        found.attrib |= {"required": "true", "requiredMessage": as_words(required)}
    found.extend(values)
    return found


def choice(value: str, *, hint: str = "", key: str = NO_KEY, chosen: bool = False) -> Element:
    """A button, with a hint under the mouse and a key."""
    found = Element("Choice", {"value": value, "hotkey": key})
    if hint:
        found.set("hint", as_words(hint))
    if chosen:
        found.set("selected", "true")
    return found


def text_area(name: str, placeholder: str, *, rows: int = 2, required: str = "") -> Element:
    """A box to write in; what was typed goes along when the task is submitted."""
    found = Element(
        "TextArea",
        {
            "name": name,
            "toName": names.TASK,
            "rows": str(rows),
            "maxSubmissions": "1",
            "editable": "true",
            "transcription": "true",
            "showSubmitButton": "false",
            "placeholder": as_words(placeholder),
        },
    )
    if required:
        found.attrib |= {"required": "true", "requiredMessage": as_words(required)}
    return found


def xml(root: Element) -> str:
    """The page's XML, indented."""
    indent(root)
    return tostring(root, encoding="unicode") + "\n"
