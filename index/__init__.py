"""From a file to something searchable; knows nothing about questions."""
