"""The page's words, from ``prompts/page.yaml``."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.words import read
from index.figures import number
from index.records import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Labels under an answer, in one language."""

    language: Language
    rows: dict[str, Any]

    def say(self, key: str, **slots: object) -> str:
        """Return a label with its slots filled; whole numbers in the numerals of the language."""
        return str(self.rows[key]).format(**{name: self._written(value) for name, value in slots.items()})

    def language_name(self, code: str) -> str:
        """Name a language in this one; the code itself where it has no name."""
        return str(self.rows["language"].get(code, code))

    def _written(self, value: object) -> str:
        from decimal import Decimal

        return number(Decimal(value), self.language) if isinstance(value, int) else str(value)


@cache
def words(language: Language) -> Words:
    """Return the labels of one language."""
    return Words(language, read("page.yaml")["answer"][language])


def page_words() -> dict[str, str]:
    """Return the words of the page around the answers."""
    found: dict[str, str] = read("page.yaml")["page"]
    return found


def examples() -> list[dict[str, str]]:
    """Return the example questions with the script of each."""
    found: list[dict[str, str]] = read("page.yaml")["examples"]
    return found
