"""Sources of candidates, one file each; `registry` knows them by name."""
