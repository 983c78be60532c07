"""What SQL cannot compute: Arrow batch in, Arrow batch out."""
