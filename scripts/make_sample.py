"""Draw and write the bundled sample, curate/sample/.

Run it again and every byte comes out the same, with the Pillow of constraints.txt: another one may
draw letters a shade differently. `--check` writes nothing and exits 1 where the tree differs.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "curate" / "sample"


def main() -> int:
    """Write the sample, or say how the tree differs from it."""
    parser = argparse.ArgumentParser(description="Draw and write the bundled sample.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on differences")
    parser.add_argument("--out", type=Path, default=SAMPLE, help="the folder (curate/sample)")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))  # run as a file, Python looks beside it only
    from scripts.sample.tree import differences, sample, write

    files = sample()
    if options.check:
        found = differences(files, options.out)
        print("\n".join(found) if found else f"{options.out} is as the script writes it")
        return 1 if found else 0
    write(files, options.out)
    print(f"{len(files)} files, {sum(map(len, files.values())):,} bytes in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
