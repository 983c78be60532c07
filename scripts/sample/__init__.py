"""The bundled sample: pictures drawn and texts gathered for scripts/make_sample.py."""
