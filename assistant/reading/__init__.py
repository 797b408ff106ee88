"""From the words of a question to what it asks: tokens, lexicon, names, dates, figures, roles, intent, follow-ups."""
