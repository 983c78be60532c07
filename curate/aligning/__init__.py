"""Training recipes on the workspace's builds: data, run folders, what is said of a run."""
