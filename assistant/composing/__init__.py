"""How answers are written from records and passages: one file a family of questions."""
