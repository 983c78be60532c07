"""`python -m curate`, the same as `curate`."""

from curate.cli import main

main()
