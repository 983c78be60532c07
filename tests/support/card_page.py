"""A card as the Hub shows it, near enough to look at: GitHub's Markdown and a style like it."""

from pathlib import Path

from markdown_it import MarkdownIt

STYLE = """
body { margin: 0; background: #fff; color: #1f2328; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 24px 20px 64px; overflow-wrap: break-word; }
h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; line-height: 1.25; }
h2 { margin-top: 1.6em; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-spacing: 0;
  border-collapse: collapse; margin-bottom: 16px; }
th, td { padding: 6px 13px; border: 1px solid #d1d9e0; }
tr:nth-child(2n) { background: #f6f8fa; }
code { padding: .2em .4em; background: #818b981f; border-radius: 6px; font-size: 85%; }
pre { padding: 16px; overflow: auto; background: #f6f8fa; border-radius: 6px; }
pre code { padding: 0; background: none; }
img { max-width: 100%; }
"""


def html(readme: str) -> str:
    """The body of a README as a page; its head in YAML is left out."""
    body = readme.split("\n---\n", 1)[1]
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>card</title><style>{STYLE}</style><main>{reader.render(body)}</main></html>"
    )


def write_page(staging: Path) -> Path:
    """The page beside the card, so that its plots are found."""
    path = staging / "card.html"
    path.write_text(html((staging / "README.md").read_text("utf-8")), "utf-8")
    return path
