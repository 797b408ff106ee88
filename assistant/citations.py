"""Citations: is every figure of a sentence in what it quotes, and which marker stands for what.

Marker numbers start at 1; the only place that counts them is ``Numbering``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from assistant.markdown import escape, table_rows
from assistant.schema import Citation, Draft, Evidence, Sentence
from index.documents import deal_text
from index.figures import Figure, read_figures
from index.ledger import Ledger
from index.records import Article, Deal, Source

LONGEST_QUOTE = 900  # characters up to which the quotes of one record grow into one
GAP = 2  # characters between two quoted sentences of an article that are one quote still
RANGE = 4  # markers in a row from which a sentence shows the first and the last only
_WEB = re.compile(r"https?://[^\s<>\"'\\]+$")


def verify(sentence: Sentence) -> bool:
    """True when every figure and date of the sentence stands in a quote or was computed from the cited records."""
    return not unsupported(sentence)


def unsupported(sentence: Sentence) -> tuple[Figure, ...]:
    """Return the figures of a sentence that nothing it quotes states; empty for a sound sentence."""
    claims = [claim for claim in figures(sentence.text) if not _inside_name(sentence.text, claim.start)]
    if not claims:
        return ()
    stated = [figure for evidence in sentence.evidence for figure in figures(evidence.quote)]
    return tuple(
        claim
        for claim in claims
        if not any(states(figure, claim) for figure in stated) and not _computed(claim, sentence.computed)
    )


@lru_cache(maxsize=8192)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text; remembered, as the same quotes are read again and again."""
    return read_figures(text)


def states(figure: Figure, claim: Figure) -> bool:
    """True when a quoted figure bears the claim out: same value and no other unit; a date at least as precise."""
    if claim.day or figure.day:
        return bool(claim.day and figure.day) and _same_day(figure.day, claim.day)
    return figure.value == claim.value and (figure.unit == claim.unit or not figure.unit or not claim.unit)


def _same_day(stated: str, claimed: str) -> bool:
    """Compare ISO dates; a day without its year is compared by month and day."""
    if "____" in (stated[:4], claimed[:4]):
        stated, claimed = stated[4:], claimed[4:]
    return bool(claimed) and stated.startswith(claimed)


def _computed(claim: Figure, computed: tuple[Decimal, ...]) -> bool:
    """True when code worked the figure out or the question gave it; a computed date stands there as its digits."""
    return (as_number(claim.day) if claim.day else claim.value) in computed


def as_number(day: str) -> Decimal:
    """Return the digits of an ISO date as a number, so that computed dates can stand among computed figures."""
    return Decimal(day.replace("_", "").replace("-", "") or 0)


def _inside_name(text: str, start: int) -> bool:
    """True for digits joined to a letter before them, as in জি৪২ or H100; the reader of figures lets Bengali ones pass."""
    before = text[start - 1 : start]
    return bool(before) and (before.isalpha() or "\u0981" <= before <= "\u09e3")


@dataclass(slots=True)
class Numbering:
    """Gives markers to evidence by first appearance, and grows a marker's quote when the same place is cited wider."""

    ledger: Ledger
    articles: Mapping[str, Article] = field(default_factory=dict)
    _cited: list[Evidence] = field(default_factory=list)

    def markers(self, evidence: Iterable[Evidence]) -> str:
        """Return the markers of a sentence, such as ``[1][3]`` or ``[1]–[9]``; empty for no evidence."""
        return _runs(sorted({self._marker(piece) for piece in evidence}))

    def citations(self) -> tuple[Citation, ...]:
        """Return what each marker stands for, in order of the markers."""
        return tuple(self._citation(place, evidence) for place, evidence in enumerate(self._cited, 1))

    def _marker(self, evidence: Evidence) -> int:
        for place, known in enumerate(self._cited):
            if (grown := self._joined(known, evidence)) is not None:
                self._cited[place] = grown
                return place + 1  # markers are 1-based, the list is not
        self._cited.append(evidence)
        return len(self._cited)

    def _joined(self, known: Evidence, new: Evidence) -> Evidence | None:
        """Return one quote that holds both, or None when they belong apart."""
        if (known.kind, known.id, known.language) != (new.kind, new.id, new.language):
            return None
        start, end = min(known.start, new.start), max(known.end, new.end)
        if (start, end) == (known.start, known.end):
            return known
        apart = max(known.start, new.start) - min(known.end, new.end)
        if end - start > LONGEST_QUOTE or (known.kind == "article" and apart > GAP):
            return None
        text = self._document(known)
        return None if text is None else replace(known, quote=text[start:end], start=start, end=end)

    def _document(self, evidence: Evidence) -> str | None:
        if evidence.kind == "deal":
            return deal_text(self.ledger.deal(evidence.id), self.ledger, evidence.language)
        article = self.articles.get(evidence.id)
        return article.text if article else None

    def _citation(self, marker: int, evidence: Evidence) -> Citation:
        title, source, date = evidence.title, None, None
        if evidence.kind == "deal" and evidence.id in self.ledger:
            deal = self.ledger.deal(evidence.id)
            title, source, date = deal.title(evidence.language), *_of_deal(deal)
        elif article := self.articles.get(evidence.id):
            title, source, date = article.title, *_of_article(article, evidence)
        return Citation(
            marker=marker,
            kind=evidence.kind,
            id=evidence.id,
            title=title,
            publisher=source.publisher if source else None,
            url=web_address(source.url) if source else None,
            date=date,
            language=evidence.language,
            quote=evidence.quote,
            start=evidence.start,
            end=evidence.end,
        )


def _runs(numbers: list[int]) -> str:
    """Write markers in order, runs of RANGE and more as the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(f"[{run[0]}]–[{run[-1]}]" if len(run) >= RANGE else "".join(f"[{number}]" for number in run) for run in runs)


def _of_deal(deal: Deal) -> tuple[Source | None, str]:
    """The best source of a record and the record's date, at its precision."""
    return (deal.sources[0] if deal.sources else None), deal.announced


def _of_article(article: Article, evidence: Evidence) -> tuple[Source, str | None]:
    """The article as its own source; its address is that of the reference which follows the quoted sentence."""
    url = article.url
    following = sorted((mark for mark in article.references if mark.offset >= evidence.end), key=lambda mark: mark.offset)
    if following and following[0].sources and following[0].sources[0] < len(article.sources):
        url = article.sources[following[0].sources[0]].url
    return Source(url or "", article.publisher or ""), article.date


def web_address(url: str | None) -> str | None:
    """Return the address when it is a plain http or https one, None otherwise."""
    return url if url and _WEB.match(url) else None


def render(
    draft: Draft, ledger: Ledger, articles: Mapping[str, Article] | None = None
) -> tuple[str, tuple[Citation, ...], tuple[Sentence, ...]]:
    """Return the Markdown with markers, what they stand for, and the sentences dropped because a figure was unproved."""
    numbering = Numbering(ledger, articles or {})
    kept: list[Sentence] = []
    dropped: list[Sentence] = []
    for sentence in draft.sentences:
        (kept if verify(sentence) else dropped).append(sentence)
    return "".join(pieces(kept, numbering)).strip(), numbering.citations(), tuple(dropped)


def pieces(sentences: Iterable[Sentence], numbering: Numbering) -> Iterable[str]:
    """Yield the Markdown of verified sentences one by one; the pieces joined are the text."""
    before = ""
    row = 0
    for sentence in sentences:
        row = row + 1 if sentence.block == "row" else 0
        yield _lead(before, sentence.block) + _written(sentence, numbering, row)
        before = sentence.block


def _written(sentence: Sentence, numbering: Numbering, row: int) -> str:
    markers = numbering.markers(sentence.evidence)
    if sentence.block == "row":
        return table_rows(sentence.text, markers, first=row == 1)
    text = _marked(escape(sentence.text), markers, quoted=_is_quote(sentence))
    shapes = {"item": "- {}", "heading": "**{}**", "quote": "> {}", "note": "{}", "line": "{}"}
    return shapes[sentence.block].replace("{}", text)


def _is_quote(sentence: Sentence) -> bool:
    return any(" ".join(evidence.quote.split()) == sentence.text for evidence in sentence.evidence)


def _marked(text: str, markers: str, quoted: bool) -> str:
    """Put the markers inside the sentence, before its stop; after a sentence that is a quotation as it stands."""
    if not markers:
        return text
    if not quoted and text.endswith((".", "।", ":")):
        return f"{text[:-1]} {markers}{text[-1]}"
    return f"{text} {markers}"


def _lead(before: str, block: str) -> str:
    """Return what parts a block from the one before it: a space within a paragraph, one break in a list, else two."""
    if not before:
        return ""
    if before == block == "line":
        return " "
    if before == block and block in ("item", "row", "quote"):
        return "\n" if block != "quote" else "\n>\n"
    return "\n\n"
