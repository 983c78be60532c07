"""What a push holds beside its pairs: all that builds them again in another workspace."""
