"""The contract between the stages: models, Arrow schemas, rubric and errors; no input or output."""
