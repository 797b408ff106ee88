"""Long lists of an answer, folded: the first items stand in sight, the rest one unfolding away, none is left out."""

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.ui.words import words
from index.text import BENGALI

FOLDED_FROM = 12  # items from which a list folds: about a screen
SHOWN = 6  # items of a folded list that stay in sight
_ITEM = re.compile(r"- ")
_OF_LIST = re.compile(r"- |\*\*.*\*\*$|$")  # items, headings between them, and empty lines


def folded(text: str) -> str:
    """Return the Markdown with what follows the first items of a long list in ``<details>``; every line is kept.

    A list goes on over the headings that part it, such as years.
    """
    if text.count("\n- ") < FOLDED_FROM:
        return text
    blocks = groupby(text.split("\n"), key=lambda line: _OF_LIST.match(line) is not None)
    return "\n".join(line for listed, lines in blocks for line in (_fold(list(lines)) if listed else lines))


def _fold(lines: list[str]) -> Iterator[str]:
    items = [place for place, line in enumerate(lines) if _ITEM.match(line)]
    if len(items) < FOLDED_FROM:
        yield from lines
        return
    first, last = items[SHOWN - 1] + 1, items[-1] + 1
    language = "bn" if BENGALI.search("".join(lines[:first])) else "en"
    yield from lines[:first]
    yield f'\n<details class="list"><summary>{words(language).say("more_sources", n=len(items) - SHOWN)}</summary>\n'
    yield from lines[first:last]
    yield "\n</details>\n"
    yield from lines[last:]
