"""Funding rounds that a question names by their letters: Series F, G and H."""

import re
from dataclasses import replace

from assistant.parts import Parts
from assistant.schema import Filters
from assistant.selection import select
from assistant.words import said
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
    return tuple(dict.fromkeys(_LETTERS[parts.words[place].text] for place in sorted(_letter_places(parts))))


def round_places(parts: Parts) -> frozenset[int]:
    """Return the places of the letters of rounds."""
    return frozenset(_letter_places(parts))


def _letter_places(parts: Parts) -> list[int]:
    """Return the places of the letters that follow "Series", with "and" and commas between them."""
    found: list[int] = []
    for start, word in enumerate(parts.words):
        if word.text not in said("series"):
            continue
        place = start + 1
        while place < len(parts.words) and (parts.words[place].text in _LETTERS or parts.words[place].text in said("joins")):
            if parts.words[place].text in _LETTERS:
                found.append(place)
            place += 1
    return found
