"""The commands of `curate`, one file each."""
