"""What must be on this machine before Spark is spoken to."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from schemas.errors import BuildError, MissingExtraError, installing

LIBRARIES = ("pyspark", "sqlglot")


def expect_spark() -> None:
    """Raise MissingExtraError without the libraries, BuildError without Java."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise MissingExtraError(f"--engine spark needs {', '.join(missing)}", installing("spark"))
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if found is None:
        place = f"JAVA_HOME = {home} has no bin/java" if home else "there is no java"
        raise BuildError(
            f"--engine spark: {place}",
            "install Java 17, e.g. apt-get install openjdk-17-jre-headless",
        )
