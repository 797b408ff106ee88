"""Evidence from records: the shortest run of a record's lines that states what a sentence says."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.citations import figures, states
from assistant.schema import Evidence
from index.documents import deal_text, field_line
from index.figures import Figure
from index.ledger import Ledger
from index.records import Deal, Language


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record's document and the figures that it states."""

    start: int
    end: int
    text: str
    figures: tuple[Figure, ...]


class Quotes:
    """Cuts evidence out of the documents of deals; each document is read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._cut: dict[tuple[str, Language, str, tuple[str, ...]], Evidence] = {}
        self._documents: dict[tuple[str, Language], tuple[str, tuple[Line, ...]]] = {}

    def of(self, deal: Deal, language: Language, text: str = "", heads: Iterable[str] = ()) -> Evidence:
        """Return the shortest run of lines with every figure of ``text`` that the record states and the lines ``heads``.

        ``heads`` are names of ``index.documents.field_line``, or ``summary``; without figures and heads it is the headline.
        """
        key = (deal.id, language, text, tuple(heads))
        if key not in self._cut:
            self._cut[key] = self._shortest_run(deal, language, text, key[3])
        return self._cut[key]

    def _shortest_run(self, deal: Deal, language: Language, text: str, heads: tuple[str, ...]) -> Evidence:
        document, lines = self._lines(deal, language)
        needed = [{place} for head in heads if (place := _place(head, lines, language)) is not None]
        for claim in figures(text):
            stating = {place for place, line in enumerate(lines) if any(states(figure, claim) for figure in line.figures)}
            if stating:
                needed.append(stating)
        first, last = _shortest(needed, lines)
        start, end = lines[first].start, lines[last].end
        return Evidence("deal", deal.id, language, document[start:end], start, end, deal.title(language))

    def line(self, deal: Deal, language: Language, head: str) -> str:
        """Return what a field's line says after its head; empty where the record does not state the field."""
        _, lines = self._lines(deal, language)
        place = _place(head, lines, language)
        return "" if place is None else lines[place].text.removeprefix(field_line(head, language) if head != "summary" else "")

    def _lines(self, deal: Deal, language: Language) -> tuple[str, tuple[Line, ...]]:
        key = (deal.id, language)
        if key not in self._documents:
            document = deal_text(deal, self._ledger, language)
            lines, start = [], 0
            for text in document.split("\n"):
                lines.append(Line(start, start + len(text), text, figures(text)))
                start += len(text) + 1
            self._documents[key] = (document, tuple(lines))
        return self._documents[key]


def _place(head: str, lines: tuple[Line, ...], language: Language) -> int | None:
    if head == "title":
        return 0
    if head == "summary":
        return 1 if len(lines) > 1 and lines[1].text else None
    return next((place for place, line in enumerate(lines) if line.text.startswith(field_line(head, language))), None)


def _shortest(needed: list[set[int]], lines: tuple[Line, ...]) -> tuple[int, int]:
    if not needed:
        return 0, 0
    runs = (
        (first, last)
        for first in range(len(lines))
        for last in range(first, len(lines))
        if all(any(first <= place <= last for place in places) for places in needed)
    )
    return min(runs, key=lambda run: (lines[run[1]].end - lines[run[0]].start, run))
