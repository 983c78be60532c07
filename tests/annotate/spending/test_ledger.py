"""Ledgers: whole on the disk at any moment, and what a kill hides counts for the next run."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from annotate.spending.ledger import Ledger, OpenLedger, path_of, read, spent_of, write
from schemas.errors import JournalError
from tests.support.strategies import records

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def ledger(at_risk: str = "0", *, spent: str = "0", closed: bool = False) -> Ledger:
    return Ledger(
        run_id="r1",
        pid=42,
        started=NOON,
        models=("gemini-3.8-flash",),
        cap_usd=Decimal(50),
        spent_usd=Decimal(spent),
        at_risk_usd=Decimal(at_risk),
        closed=closed,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


def test_a_run_that_begins_has_spent_and_risked_nothing() -> None:
    begun = Ledger(run_id="r1", pid=42, started=NOON, models=("gemini-3.8-flash",))
    assert (begun.cap_usd, begun.closed) == (None, False)
    assert begun.spent_usd == begun.at_risk_usd == 0


@given(one=records(Ledger))
def test_a_ledger_is_read_back(folder: Path, one: Ledger) -> None:
    write(folder / "run.ledger.json", one)
    assert read(folder / "run.ledger.json") == one
    assert [path.name for path in folder.iterdir()] == ["run.ledger.json"]


def test_a_ledger_lies_beside_its_journal() -> None:
    assert path_of(Path("annotations/j-1.jsonl")) == Path("annotations/j-1.ledger.json")


def test_a_runs_ledger_is_open_from_the_start_and_closed_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger.json"
    running = OpenLedger(path, ledger("0.25"))
    assert read(path) == ledger("0.25")
    assert running.covered_usd == Decimal("0.25")
    running.cover(Decimal("0.5"))
    assert read(path).at_risk_usd == running.covered_usd == Decimal("0.5")
    assert running.close(Decimal("12.34")) == read(path)
    assert read(path) == ledger(spent="12.34", closed=True)


def test_a_run_counts_with_the_most_that_it_can_have_spent() -> None:
    assert spent_of(ledger("0.5"), Decimal(3)) == Decimal("3.5")
    assert spent_of(ledger(spent="9", closed=True), Decimal(8)) == 9


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file: Invalid JSON"),
        (b'{"run_id": "r1"', "the file: Invalid JSON"),
        (b"[]", "the file: Input should be an object"),
        (b'{"run_id": "r1"}', "pid: Field required"),
    ],
)
def test_a_broken_ledger_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "run.ledger.json").write_bytes(content)
    with pytest.raises(JournalError, match=rf"run\.ledger\.json: no ledger \({said}"):
        read(tmp_path / "run.ledger.json")


@pytest.mark.parametrize("amount", ["-0.000001", "1E+999999999", "NaN"])
@pytest.mark.parametrize("name", ["spent_usd", "at_risk_usd"])
def test_an_amount_that_nobody_can_have_spent_is_named(
    tmp_path: Path, name: str, amount: str
) -> None:
    path = tmp_path / "run.ledger.json"
    write(path, ledger())
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(f'"{name}": "0"', f'"{name}": "{amount}"'), "utf-8")
    with pytest.raises(
        JournalError, match=rf"run\.ledger\.json: no ledger \({name}: Input should be"
    ):
        read(path)
