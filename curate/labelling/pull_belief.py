"""Whether the ledger and the journals say the same; where they do not, the journals are right.

A journal that is there as long as it was is believed unread. One that was moved away, cut or
brought from elsewhere makes all of them be read once.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from curate.labelling.pull_database import Database
from curate.labelling.pull_ledger import confirm


def agree(database: Database, journals: Iterable[Path]) -> None:
    """Make the ledger say what the journals hold, at the cost of a look at each file's size."""
    files = {path.name: path for path in journals}
    _settle(database, files)
    there = {name: size for name, path in files.items() if (size := path.stat().st_size)}
    if there != dict(database.rows("known_journals")):
        _read_all(database, files, there)


def _settle(database: Database, files: Mapping[str, Path]) -> None:
    """Confirm of the batch that a kill left under way what its journal has; drop the rest."""
    under_way = database.rows("batch_under_way")
    with database.together():
        for name, start in under_way:
            if name in files:
                database.run_all("add_event", _ids(files[name], start))
                size = files[name].stat().st_size
                database.run("journal_size", name=name, size=size)
        database.run("drop_staged")
        confirm(database)


def _read_all(database: Database, files: Mapping[str, Path], there: Mapping[str, int]) -> None:
    """Take the journals' events anew; entries whose event is in none are to be pulled again."""
    with database.together():
        database.clear("events")
        database.clear("journals")
        for path in files.values():
            database.run_all("add_event", _ids(path))
        database.run_all("journal_size", ({"name": it, "size": there[it]} for it in there))
        if database.run("drop_unbelieved"):
            database.run("mark_latest")
            database.run("forget_since")


def _ids(journal: Path, start: int = 0) -> Iterator[dict[str, str]]:
    """The events of a journal from a byte on. What reads them loads longer than a pull takes."""
    from curate.pull.event_ids import event_ids

    return ({"event_id": it} for it in event_ids(journal, start))
