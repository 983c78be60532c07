"""What a trained model is worth: outside benchmarks handed over to, and measures of our own."""
