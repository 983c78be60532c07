"""A loopback server that speaks the Gemini REST and the OpenAI chat-completions protocol."""
