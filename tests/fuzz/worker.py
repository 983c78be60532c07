"""One target under atheris, in a process of its own: run by `tests.fuzz.run`.

python -m tests.fuzz.worker TARGET FINDINGS [options and folders of libFuzzer]
"""

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

OURS = ["schemas", "annotate", "curate", "export", "align"]


def main() -> None:
    """Fuzz until libFuzzer's own limits end it."""
    import atheris

    name, folder, *options = sys.argv[1:]
    atheris.enabled_hooks.add("str")
    # Modules that are imported where they are used are imported by the seeds, so under the hook.
    with atheris.instrument_imports(include=OURS):
        registry = import_module("tests.fuzz.registry")
        target = registry.TARGETS[name]
        for seed in registry.seeds(name):
            with suppress(Exception):
                target(seed)
    watched = import_module("tests.fuzz.findings").Watched(target, Path(folder))
    atheris.Setup([sys.argv[0], *options], watched)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
