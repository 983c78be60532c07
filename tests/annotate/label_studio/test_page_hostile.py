"""Others' texts on the labelling page in a real browser: shown, never run, nothing fetched."""

import pytest

from annotate.label_studio.safe_text import JOINER, storable
from tests.support import hostile
from tests.support.label_projects import project
from tests.support.labeller import Labeller
from tests.support.pages import prompt, turn

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]


@pytest.mark.parametrize("number", range(0, len(hostile.texts()), 4))
def test_others_texts_are_shown_and_never_run(labeller: Labeller, number: int) -> None:
    texts = hostile.texts()[number : number + 4]
    texts += ["[click](http://127.0.0.1:9/l) ![i](http://127.0.0.1:9/i)", "[r][1]\n\n[1]: /gone"]
    asked = prompt("\n".join(texts), turn("assistant", texts[0]), "Who?", reference=texts[1])
    labeller.open(project(labeller.live, asked, *texts))
    labeller.page.wait_for_timeout(500)
    body = labeller.page.inner_text("body").replace(JOINER, "")
    assert all(flat(text) in flat(body) for text in texts[:4] if "&" not in text)
    assert labeller.page.title() != "owned"
    assert [
        url
        for url in labeller.requests
        if not url.startswith((labeller.live.url, "data:", "blob:"))
    ] == []
    assert labeller.page.locator(".pw iframe, .pw form[action], .pw script, .pw meta").count() == 0
    assert labeller.page.locator(".pw-text a, .pw-text img, .pw-turn a, .pw-turn img").count() == 0
    assert labeller.page.url.startswith(labeller.live.url)


def flat(text: str) -> str:
    """The text as it is stored, without its blanks."""
    return "".join(storable(text).split())
