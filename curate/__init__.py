"""The composition root: command line, workspace, sources, engine and the build plan."""
