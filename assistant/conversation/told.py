"""Which deals an earlier answer tells of, in the order in which its text tells them, whoever worded it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.linking import Linker, read_words
from assistant.selection import headings
from index.figures import Figure, read_figures
from index.ledger import Ledger
from index.records import Deal
from index.text import stem

Item = frozenset[str]  # the deals that one place of a text may mean; one of them where the text says enough
_LONGEST = 4000  # characters of an answer that are read
_NEARLY = 100  # an amount is told when it differs by less than one part in so many ("about 5.4 billion" for 5.375)
_FEW = 3  # deals at most that one place may leave open
_STATED = ("date", "USD", "GW", "percent", "shares")  # units of the figures that a record states
_LISTED = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s", re.MULTILINE)
_SPLITS = (
    re.compile(r"\n+"),
    re.compile(r"[;।]\s*|\.\s+"),
    re.compile(r"(?:,\s+|\s+(?:and|plus|or|ও|এবং|আর|ar|o|ebong)\s+)(?![^()]*\))"),
    re.compile(r"[,()]\s*|\s+(?:and|plus|or|ও|এবং|আর|ar|o|ebong)\s+"),
)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A place of the text that speaks of some of the deals: a name, an amount, a date."""

    start: int
    fits: Item
    title: bool = False  # a record's whole title: nothing beside it counts


def told(ledger: Ledger, linker: Linker, names: dict[str, int], text: str, pool: tuple[str, ...]) -> tuple[Item, ...]:
    """Return the deals of the pool that a text tells of, in its order; nothing where it tells none apart.

    ``names`` are the stems of proper names in the records' titles. Places that fit more than three deals are left out.
    """
    text = text[:_LONGEST]
    if _LISTED.search(text):
        first, *rest = text.split("\n")
        text = "\n".join((first, *(line for line in rest if _LISTED.match(line))))
    deals = tuple(ledger.deal(name) for name in pool if name in ledger)
    everything = frozenset(deal.id for deal in deals)
    anchors = [one for one in _anchors(ledger, linker, names, text, deals) if one.fits]
    if len(deals) > 1:
        anchors = [one for one in anchors if one.title or one.fits != everything]
    items = [item for item in _items(text, 0, sorted(anchors, key=lambda one: one.start), 0) if len(item) <= _FEW]
    return _once(items)


def agrees(ledger: Ledger, text: str, pool: tuple[str, ...]) -> bool:
    """True when a record of the pool states a figure of the text, or the text has none."""
    figures = _figures(text)
    return not figures or any(_states(ledger.deal(name), figure) for name in pool for figure in figures)


def states_all(ledger: Ledger, text: str, name: str) -> bool:
    """True when one record states each of the several figures of a text."""
    figures = _figures(text)
    return len(figures) > 1 and all(_states(ledger.deal(name), figure) for figure in figures)


def _figures(text: str) -> list[Figure]:
    """Return the dates, sums, powers and stakes of a text: what records state."""
    return [one for one in read_figures(text[:_LONGEST]) if one.unit in _STATED]


def _anchors(ledger: Ledger, linker: Linker, names: dict[str, int], text: str, deals: tuple[Deal, ...]) -> Iterator[_Anchor]:
    for deal in deals:
        start = max(text.find(deal.title_en), text.find(deal.title_bn))
        if start >= 0:
            yield _Anchor(start, frozenset({deal.id}), title=True)
    question = read_words(text)
    hidden = set[int]()
    for mention in linker.link(question):
        hidden.update(range(mention.start, mention.end))
        fits = frozenset(deal.id for deal in deals if mention.entity in deal.entities)
        yield _Anchor(question[mention.start].start, fits)
    figures = read_figures(text)
    counted = [(figure.start, figure.end) for figure in figures]
    for place, word in enumerate(question):
        if any(start <= word.start < end for start, end in counted):
            continue
        series = place > 0 and question[place - 1].stem in (stem("series"), stem("সিরিজ"))
        if place not in hidden and (series or word.stem in names):
            yield _Anchor(word.start, frozenset(deal.id for deal in deals if word.stem in headings(ledger)[deal.id]))
    for figure in figures:
        yield _Anchor(figure.start, frozenset(deal.id for deal in deals if _states(deal, figure)))


def _states(deal: Deal, figure: Figure) -> bool:
    if figure.unit == "date":
        return bool(figure.day) and (deal.announced.startswith(figure.day) or figure.day.startswith(deal.announced))
    stated = {"USD": deal.amount_usd, "GW": deal.gigawatts, "percent": deal.stake_percent, "shares": deal.shares}
    value = stated.get(figure.unit or "USD")
    return value is not None and abs(value - figure.value) * _NEARLY < value


def _items(text: str, offset: int, anchors: list[_Anchor], level: int) -> list[Item]:
    """Read a stretch of text as one deal where all its anchors agree, else piece by piece."""
    inside = [one for one in anchors if offset <= one.start < offset + len(text)]
    if not inside:
        return []
    titles = [one for one in inside if one.title]
    if len(titles) == 1 and level:
        return [titles[0].fits]
    joint = frozenset.intersection(*(one.fits for one in inside))
    if joint and (level > 1 or len(inside) > 1 or len(joint) == 1):
        return [joint]
    if level == len(_SPLITS):
        return [_best(inside)]
    found: list[Item] = []
    for start, end in _pieces(text, _SPLITS[level]):
        for item in _items(text[start:end], offset + start, anchors, level + 1):
            earlier = item & found[-1] if found and len(item) > 1 else item
            found.append(earlier or item)
    return found


def _pieces(text: str, split: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in split.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _best(anchors: list[_Anchor]) -> Item:
    counts: dict[str, int] = {}
    for anchor in anchors:
        for name in anchor.fits:
            counts[name] = counts.get(name, 0) + 1
    return frozenset(name for name, count in counts.items() if count == max(counts.values()))


def _once(items: list[Item]) -> tuple[Item, ...]:
    """Keep each deal's first place; a place that later ones make out more closely is dropped."""
    kept: list[Item] = []
    for item in items:
        if any(other < item for other in items) or any(item & other for other in kept):
            continue
        kept.append(item)
    return tuple(kept)
