"""What judging costs beside a bare loop over the same client, and beside other tools."""
