"""Texts that try to be more than text, and a workspace where everything others wrote is one."""

from pathlib import Path, PurePosixPath

from tests.support.pairs import picture
from tests.support.workspaces import Bench

OWNED = "document.title='owned'"
LOCAL = PurePosixPath("/etc/passwd").as_uri()
"""A file of the machine, as an address."""


def texts(address: str = "http://127.0.0.1:9") -> list[str]:
    """Markup, template code and addresses; `address` is where a request would show."""
    return [
        f"<script>{OWNED}</script>",
        f"</style><script>{OWNED}</script><style>body{{display:none}}",
        f"<img src={address}/i.png onerror={OWNED}>",
        f"<svg onload={OWNED}>",
        f'<a href="javascript:{OWNED}">click</a>',
        f"<iframe srcdoc='<script>parent.{OWNED}</script>'></iframe>",
        f"<meta http-equiv=refresh content='0;url={address}/gone'>",
        f"<link rel=stylesheet href={address}/s.css><base href={address}/>",
        f"</div></article></main><h1>mine</h1><form action={address}><button>go",
        "{{ 7 * 7 }} {% raw %} {# gone #} {{ manifest }}",
        "<!-- --><![CDATA[ x ]]>&lt;b&gt; &amp;",
        "\x1b[31m\u202egnp.exe\u2066 \x00 left\x07",
    ]


def workspace(root: Path, address: str = "http://127.0.0.1:9") -> Bench:
    """A built workspace whose questions, answers, models, raters and reasons are all hostile."""
    bench = Bench(root)
    bench.config = '[[filter]]\nname = "x"\nlevel = "pair"\ndrop_when = "chosen = \'</dd><b>\'"\n'
    for number, text in enumerate(texts(address)):
        medium = picture(root / "media", number, "png")
        good, bad = f"{text} good", f"{text} bad"
        bench.prompt(text, media=[medium])
        for answer in (good, bad):
            bench.answer(text, answer, model=text)
        bench.vote(text, f"human:{text}", {good: 4, bad: 0}, [[good], [bad]], rationale=text)
    bench.build()
    return bench
