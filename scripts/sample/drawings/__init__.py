"""What the sample's pictures show, one kind of picture a file."""
