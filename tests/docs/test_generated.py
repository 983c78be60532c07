"""Documents made from the models are fresh; `make docs` writes them anew."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from schemas.arrow import TABLES
from schemas.config import config_schema
from scripts import write_docs, write_schema
from scripts.config_docs import every_section

SETTINGS = dict(every_section())


def test_the_config_schema_is_fresh() -> None:
    published = json.loads(write_schema.TARGET.read_text(encoding="utf-8"))
    assert published == config_schema(), "run: make docs"


def test_the_tables_of_the_workspace_page_are_fresh() -> None:
    text = write_docs.TARGET.read_text(encoding="utf-8")
    assert write_docs.page(text) == text, "run: make docs"


def test_the_settings_of_the_config_page_are_fresh() -> None:
    text = write_docs.CONFIG_TARGET.read_text(encoding="utf-8")
    assert write_docs.config_page(text) == text, "run: make docs"


@pytest.mark.parametrize(("head", "model"), SETTINGS.items(), ids=list(SETTINGS))
def test_every_setting_says_what_it_means(head: str, model: type[BaseModel]) -> None:
    text = write_docs.CONFIG_TARGET.read_text(encoding="utf-8")
    section = text.split(f"### `{head}`\n")[1].split("\n### ")[0]
    below = head.strip("[]") + "."
    tables = {it.strip("[]").removeprefix(below) for it in SETTINGS if below in it}
    assert {name for name in model.model_fields if f"\n| `{name}` |" not in section} <= tables
    assert all(info.description for info in model.model_fields.values())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_described_with_its_columns(name: str) -> None:
    text = write_docs.TARGET.read_text(encoding="utf-8")
    section = text.split(f"### Table `{name}`\n")[1].split("\n### ")[0]
    columns = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert columns == list(TABLES[name].model_fields)


def test_hand_written_text_stays_when_tables_are_made_anew() -> None:
    page = f"before\n{write_docs.BEGIN}\nof another day\n{write_docs.END}\nafter\n"
    made = write_docs.page(page)
    assert made.startswith(f"before\n{write_docs.BEGIN}\n")
    assert made.endswith(f"{write_docs.END}\nafter\n")
    assert "of another day" not in made


def test_every_link_between_documents_leads_somewhere(repo_root: Path) -> None:
    pages = [*repo_root.glob("*.md"), *repo_root.glob("docs/**/*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in _local_links(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert pages
    assert not broken


def _local_links(text: str) -> list[str]:
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    paths = [target.split("#")[0] for target in targets]
    return [path for path in paths if path and "://" not in path]
