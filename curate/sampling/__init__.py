"""Candidate responses drawn from models behind OpenAI-compatible servers."""
