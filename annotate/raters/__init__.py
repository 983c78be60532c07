"""Raters that ask a model: Gemini, OpenAI-compatible servers, recorded judgements."""
