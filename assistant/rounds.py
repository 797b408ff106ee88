"""Funding rounds that a question names by their letters: Series F, G and H."""

import re
from dataclasses import replace

from assistant.parts import Parts
from assistant.schema import Filters
from assistant.selection import select
from assistant.words import Word, said
from index.ledger import Ledger

_LETTERS = {
    letter: letter for letter in "abcdefghij"
} | dict(zip("এ বি সি ডি ই এফ জি এইচ আই জে".split(), "abcdefghij", strict=True))  # fmt: skip


def with_rounds(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the funding rounds that are named by letters: one, or any of several."""
    letters = _rounds(parts)
    if not letters:
        return filters
    found = select(ledger, filters)
    named = dict.fromkeys(
        deal.id
        for letter in letters
        for deal in found
        if re.search(rf"\bseries[ -]{letter}\b", f"{deal.id} {deal.title_en}", re.IGNORECASE)
    )
    return (
        replace(filters, deals=tuple(named)) if named else replace(filters, text=f"{filters.text} series {letters[0]}".strip())
    )


def _rounds(parts: Parts) -> tuple[str, ...]:
    return round_letters(parts.words)


def round_letters(question: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the letters of the rounds that these words name."""
    return tuple(dict.fromkeys(_letter(question[place].text) for place in _letter_places(question)))


def _letter(text: str) -> str:
    """Return the letter of a round, with a Bengali case ending or without (এইচের); nothing for another word."""
    bare = (text, *(text[: -len(case)] for case in said("cases") if text.endswith(case)))
    return next((_LETTERS[form] for form in bare if form in _LETTERS), "")


def round_places(parts: Parts) -> frozenset[int]:
    """Return the places of the letters of rounds."""
    return frozenset(_letter_places(parts.words))


def _letter_places(question: tuple[Word, ...]) -> list[int]:
    """Return the places of the letters that follow "Series", with "and" and commas between them."""
    found: list[int] = []
    for start, word in enumerate(question):
        if word.text not in said("series"):
            continue
        place = start + 1
        while place < len(question) and (_letter(question[place].text) or question[place].text in said("joins")):
            if _letter(question[place].text):
                found.append(place)
            place += 1
    return found
