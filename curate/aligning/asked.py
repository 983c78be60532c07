"""What a recipe was asked to do, and the model and rows that this means."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.folders import MODEL
from align.loading import ADAPTER
from align.recipes import RECIPES, Recipe
from align.rows import export_record
from align.settings import RecipeSettings
from align.settings_file import settings_of
from curate.aligning import tiny
from curate.aligning.processes import main_first
from curate.aligning.runs import RUNS, model_at
from curate.exporting import export
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.errors import AlignError


@dataclass(frozen=True, slots=True)
class Asked:
    """A recipe with all it needs. `model` is a folder or a Hub id, `data` an export's folder.

    Of a reward model there may be several, each kept from the rows of its `fold` of `folds`.
    """

    recipe: str
    model: str
    named: str
    data: Path
    settings: RecipeSettings
    folder: Path
    run_id: str
    folds: int = 1
    fold: int | None = None

    @property
    def kind(self) -> Recipe:
        """What the recipe is."""
        return RECIPES[self.recipe]


def asked(
    workspace: Workspace,
    recipe: str,
    model: str,
    *,
    preset: str | None,
    file: Path | None,
    overrides: Sequence[str],
    data: Path | None,
    out: Path | None,
) -> Asked:
    """The run that the options mean; the latest build is exported where no data are named.

    What no model and no row is needed for is checked first. Raises ConfigError for settings that
    do not hold, AlignError for a model that is no folder.
    """
    kind = RECIPES[recipe]
    settings = settled(recipe, preset=preset, file=file, overrides=overrides)
    with main_first():
        rows = data or exported(workspace, kind.format)
        path = _model(workspace, model)
    run_id = content_id(
        [recipe, _digest(path), _digest(str(rows)), settings.model_dump(mode="json")]
    )
    folder = out or workspace.root / RUNS / f"{recipe}-{run_id[:8]}"
    return Asked(recipe, path, model, rows, settings, folder, run_id)


def expect_asked(
    workspace: Workspace,
    recipe: str,
    model: str,
    *,
    preset: str | None,
    file: Path | None,
    overrides: Sequence[str],
    data: Path | None,
) -> None:
    """Raise as `asked` does for what is known to be wrong before anything is loaded or written."""
    settled(recipe, preset=preset, file=file, overrides=overrides)
    expect_model(model if model == tiny.NAME else model_at(workspace.root, model))
    if data is None:
        workspace.build_folder()
    else:
        export_record(data, RECIPES[recipe].format)


def settled(
    recipe: str, *, preset: str | None, file: Path | None, overrides: Sequence[str]
) -> RecipeSettings:
    """The settings; the recipe's own preset where neither one nor a file is named."""
    named = preset or (RECIPES[recipe].preset if file is None else None)
    return settings_of(recipe, preset=named, file=file, overrides=overrides)


def exported(workspace: Workspace, name: str) -> Path:
    """The latest build as `name`, written where it is not yet there."""
    folder = workspace.root / "exports" / workspace.build_folder().name[:12] / name
    if not (folder / "export.json").is_file():
        export(workspace, [name], None)
    return folder


def _model(workspace: Workspace, name: str) -> str:
    """A folder that holds a model, the trained one of a run's folder, or a Hub id as it is."""
    if name == tiny.NAME and not Path(name).exists():
        return str(tiny.write_tiny(workspace.root / RUNS / tiny.NAME))
    found = model_at(workspace.root, name)
    expect_model(found)
    folder = Path(found) / MODEL
    return str(folder) if _has_model(folder) else found


def expect_model(name: str) -> None:
    """Raise AlignError for a folder that is not there, or that holds no model."""
    folder = Path(name)
    if folder.is_dir() and not (_has_model(folder) or _has_model(folder / MODEL)):
        raise AlignError(f"{name}: no model in it (no config.json)", "name a folder that has one")
    if not folder.exists() and (name.startswith((".", "/", "~")) or name.count("/") > 1):
        raise AlignError(f"{name}: no such folder", "name a folder or a Hub id")


def _has_model(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("config.json", ADAPTER))


def _digest(place: str) -> str:
    """A folder by its files' names and sizes and its JSON; a Hub id by its name."""
    folder = Path(place)
    if not folder.is_dir():
        return place
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            found.update(f"{path.name} {path.stat().st_size}\n".encode())
            if path.suffix == ".json":
                found.update(path.read_bytes())
    return found.hexdigest()
