"""Others' text made safe for the page: it is read as text wherever Label Studio would do more.

Label Studio renders Markdown with raw HTML in it, and puts task data where an attribute holds
`$name`. A word joiner, which no reader sees, takes such marks apart; it does so in code blocks too,
where escapes would be shown.
"""

import html
import re

JOINER = "\N{WORD JOINER}"
OPENS_TAG = re.compile(r"<(?=[A-Za-z/!?])")
OPENS_LINK = re.compile(r"\](?=[(\[:])")
ENDS_CDATA = re.compile(r"\]\]>(?=\s*\Z)")
VARIABLE = re.compile(r"\$(?=[\w\[\].{}])")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML, JSON or PostgreSQL refuse."""


def storable(text: str) -> str:
    """The text with U+FFFD for characters that cannot be stored, and one kind of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", lines)


def as_markdown(text: str) -> str:
    """Markdown whose HTML, links and pictures are shown as text; nothing is fetched or run."""
    apart = OPENS_TAG.sub(f"<{JOINER}", storable(text))
    apart = OPENS_LINK.sub(f"]{JOINER}", apart)
    return ENDS_CDATA.sub(f"]]>{JOINER}", apart)  # the page cuts a CDATA end off


def as_html(text: str) -> str:
    """The text as HTML on one line, its line breaks kept: a blank line would begin Markdown."""
    return html.escape(storable(text)).replace("\n", "<br>")


def as_words(text: str) -> str:
    """Text for an attribute of the page's XML, where `$name` would be replaced by task data."""
    return VARIABLE.sub(f"${JOINER}", " ".join(storable(text).split()))
