"""The labelling stages: the workspace's Label Studio, and what goes to it and comes back."""
