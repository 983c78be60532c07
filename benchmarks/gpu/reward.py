"""The reward trainer beside a bare loop: `python -m benchmarks.gpu.reward`, or with `--tiny`."""

import sys

from benchmarks.gpu import compare

if __name__ == "__main__":
    sys.exit(compare.main("reward", "bare", "reward"))
