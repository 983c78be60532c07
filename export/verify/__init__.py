"""What was written, loaded with the code of those who will read it."""
