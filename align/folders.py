"""Where a run keeps its model, and what a model is called by its folder."""

from pathlib import Path

MODEL = "model"


def model_folder(name: str) -> Path:
    """The folder with the weights: `model/` of a run. A Hub id is given back as it is."""
    inside = Path(name) / MODEL
    return inside if inside.is_dir() else Path(name)


def run_folder(name: str) -> Path | None:
    """The run that a model is of, whether the run or its `model/` was named; else None."""
    folder = model_folder(name)
    return folder.parent if folder.name == MODEL and folder.is_dir() else None


def model_name(name: str) -> str:
    """What answers say made them: the run's or the folder's name, or the Hub id."""
    path = Path(name)
    if not path.is_dir():
        return name
    own = path.resolve()
    return own.parent.name if own.name == MODEL else own.name


def file_name(name: str) -> str:
    """What a model is called in the names of files, which take no slash."""
    return model_name(name).replace("/", "__")
