"""Words, no code: phrases, lexicons and prompts, read as package data by ``assistant.words``."""
