"""The pull stage: a source into the workspace, and a wrong pull taken back."""
