"""Reading what a pull and a build say of themselves, checked."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from schemas.errors import WorkspaceError
from schemas.manifest import BuildManifest, PullManifest

Model = TypeVar("Model", bound=BaseModel)


def build_manifest(folder: Path) -> BuildManifest:
    """The manifest of the build in `folder`. Raises WorkspaceError where it is damaged."""
    return _read(folder / "manifest.json", BuildManifest, "run: curate build --force")


def pull_manifest(folder: Path) -> PullManifest:
    """The manifest of the pull in `folder`. Raises WorkspaceError where it is damaged."""
    return _read(folder / "pull.json", PullManifest, "pull that source again")


def _read(path: Path, model: type[Model], fix: str) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        where = f"{path}: {place}" if place else str(path)
        raise WorkspaceError(f"{where}: {first['msg']}", fix) from error
