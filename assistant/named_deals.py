"""Single deals named in words on the sides of a comparison: "the Vantage loans against the New Mexico loan".

Each side of the question is matched with the records by its companies, rounds, years, types, sums and the words of titles; a
side that leaves something out takes it from the first ("Groq's 2025 round or the 2026 one").
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.parts import Parts
from assistant.rounds import round_letters
from assistant.schema import Filters, Intent, Query
from assistant.selection import project_words, select
from assistant.terms import of_any_role
from assistant.words import Word, lexicon, said
from index.figures import Figure, read_figures
from index.ledger import Ledger
from index.records import Deal
from index.text import tokens

_MOST = 3  # deals at most that one side may name
# What verbs and their nouns make of a deal, where no type is named.
_DONE = {
    "acquire": "acquisition", "buy": "acquisition", "invest": "equity_investment", "raise": "equity_investment",
    "lend": "debt_financing", "borrow": "debt_financing", "guarantee": "backstop",
}  # fmt: skip
_PLAIN = ("type", "deal", "intent")  # kinds of cues whose words tell no title
_RARE = 12  # deals at most whose titles share a word that tells deals apart


@dataclass(frozen=True, slots=True)
class Clue:
    """What one side of a comparison says of its deal."""

    entities: frozenset[tuple[str, str]]  # id, and the first word as typed, stemmed
    letter: str
    year: str
    types: frozenset[str]
    amounts: frozenset[str]
    words: frozenset[str]

    @property
    def names_single_deal(self) -> bool:
        """True when one deal can be meant: by its round, sum or title, not by a company, a type or a year alone."""
        return bool(self.letter or self.amounts or self.words)

    @property
    def names_deal(self) -> bool:
        """True when more than a company is named."""
        return bool(self.letter or self.year or self.types or self.amounts or self.words or len(self.entities) > 1)


_INTENTS = (Intent.COMPARE, Intent.RANK, Intent.LIST, Intent.LOOKUP, Intent.YESNO, Intent.PASSAGE, Intent.SUM)


def with_named_deals(ledger: Ledger, parts: Parts, query: Query) -> Query:
    """Return a comparison or a rank of the deals that the two sides name; unchanged where they name companies only."""
    if query.intent == Intent.COMPARE and (two := _two_between(ledger, parts, query)):
        return _asked(parts, replace(query, filters=replace(Filters(), deals=two)))
    sides = _sides(parts) if query.intent in _INTENTS and _compares(parts) else ()
    if len(sides) != 2:
        return query
    clues = [_clue(ledger, parts, side) for side in sides]
    if not any(clue.names_deal for clue in clues) or not (clues[0].entities or clues[0].words):
        return query
    clues[0] = _beside(clues[0], clues[1], last_named(parts, sides[1], first=True))
    clues[1] = _beside(_completed(clues[1], clues[0]), clues[0], last_named(parts, sides[0], first=False))
    pairs = all(len(clue.entities) > 1 for clue in clues)
    if query.compared and not pairs and not any(clue.names_single_deal for clue in clues):
        return query  # two companies are compared by all such deals that they have
    first, second = (_matching(ledger, clue) or _matching(ledger, replace(clue, amounts=frozenset())) for clue in clues)
    second = _akin(second, first)
    few = all(1 <= len(side) <= _MOST for side in (first, second)) and not set(first) & set(second)
    if not few or (query.compared and max(len(first), len(second)) > 1):
        return query  # all that the companies do is weighed, as it was read
    deals = tuple(deal.id for deal in (*first, *second))
    return _asked(parts, replace(query, filters=replace(query.filters.without_parties(), deals=deals, text="", ranges=())))


def _two_between(ledger: Ledger, parts: Parts, query: Query) -> tuple[str, ...]:
    """Return the two deals of "compare the two contracts of X and Y"; nothing where they have another number of them."""
    nouns = {cue.start for cue in parts.cues if cue.kind in ("deal", "type")}
    counted = any(word.text in said("two_of_them") and place + 1 in nouns for place, word in enumerate(parts.words))
    named = [term for term in query.compared if term.entities]
    if not counted or len(named) != len(query.compared):
        return ()
    found = select(ledger, Filters(parties=of_any_role(named), types=query.filters.types))
    return tuple(deal.id for deal in found) if len(found) == len(named) == 2 else ()


def _compares(parts: Parts) -> bool:
    """True where two things are set against each other."""
    if parts.has("intent", "fate"):
        return False  # "what became of the loan against its shares"
    told = parts.has("intent", "compare") or parts.has("comparative") or parts.has("rank", "earliest", "latest")
    more = not parts.ranges and (parts.has("more") or parts.has("less"))
    return (told or more or parts.says(*said("against"), *said("versus"))) and not parts.ranges[2:]


def _akin(second: tuple[Deal, ...], first: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """Of several deals of the second side keep those with a company of the first."""
    about = {entity for deal in first for entity in deal.entities}
    akin = tuple(deal for deal in second if about & set(deal.entities))
    return akin if akin and len(second) > 1 else second


def _asked(parts: Parts, query: Query) -> Query:
    """Put the deals in order of date where it is asked which came first, else side by side."""
    plain = replace(query.filters, types=frozenset(), amount_kinds=frozenset(), since=None, until=None, statuses=frozenset())
    query = replace(query, filters=plain, compared=(), not_understood=(), unknown_names=())
    if parts.has("rank", "earliest", "latest") and not parts.has("comparative"):
        descending = parts.has("rank", "latest")
        return replace(query, intent=Intent.RANK, measure="announced", limit=None, descending=descending)
    named = (name for name in ("valuation", "gigawatts", "stake", "shares", "term") if parts.has("measure", name))
    measure = next(named, "amount")
    return replace(query, intent=Intent.COMPARE, measure=measure)  # type: ignore[arg-type]


def _sides(parts: Parts) -> tuple[tuple[int, int], ...]:
    """Return the places of the two sides: cut at "or", "versus", "than", else at the "and" or "with" in the middle."""
    weighed = parts.has("intent", "compare") or parts.has("comparative")
    for name in ("parting", "or_not", "against", *(("and", "with_side") if weighed else ())):
        cuts = [place for place, word in enumerate(parts.words) if word.text in said(name) and place not in parts.named]
        for cut in cuts:
            sides = (0, cut), (cut + 1, len(parts.words))
            if all(_holds_clue(parts, side) for side in sides):
                return sides
    return ()


def _holds_clue(parts: Parts, side: tuple[int, int]) -> bool:
    """True when a side has a company, a word of its own or a year."""
    named = any(side[0] <= mention.start < side[1] for mention in parts.mentions)
    return named or any(parts.words[place].text.isdigit() or parts.words[place].raw[:1].isupper() for place in range(*side))


def _clue(ledger: Ledger, parts: Parts, side: tuple[int, int]) -> Clue:
    start, end = side
    words = parts.words[start:end]
    cues = [cue for cue in parts.cues if start <= cue.start < end]
    figures = _figures(parts, words)
    letters = round_letters(words)
    taken = parts.named
    taken |= parts.dated | {place for cue in cues if cue.kind in _PLAIN for place in range(cue.start, cue.end)}
    places = [place for place in range(start, end) if place not in taken]
    return Clue(
        frozenset((one.entity, tokens(one.text)[0]) for one in parts.mentions if start <= one.start < end),
        letters[0] if letters else "",
        next((figure.day for figure in figures if figure.unit == "date" and not figure.day.startswith("_")), ""),
        frozenset(cue.value for cue in cues if cue.kind == "type")
        or frozenset(_DONE[cue.value] for cue in cues if cue.kind == "frame" and cue.value in _DONE),
        frozenset(figure.key[0] for figure in figures if figure.unit == "USD" or (not figure.unit and figure.value >= 10**6)),
        frozenset(stem for place in places for stem in tokens(parts.words[place].raw) if _tells(ledger, stem)),
    )


def _figures(parts: Parts, words: tuple[Word, ...]) -> list[Figure]:
    if not words:
        return []
    return [figure for figure in read_figures(parts.text) if words[0].start <= figure.start < words[-1].end]


def _completed(clue: Clue, first: Clue) -> Clue:
    """Return the clue of the second side with what it leaves to the first: its company, its type."""
    return replace(
        clue,
        entities=clue.entities or (first.entities if not clue.words else clue.entities),
        types=clue.types or (first.types if not clue.letter else clue.types),
    )


def last_named(parts: Parts, side: tuple[int, int], first: bool) -> str:
    """Return the company of a side that stands next to the other side: the one that is weighed."""
    named = [one.entity for one in parts.mentions if side[0] <= one.start < side[1]]
    return named[0 if first else -1] if named else ""


def _beside(clue: Clue, other: Clue, weighed: str) -> Clue:
    """Add what both sides share to one that names a single company: "who bought more Intel shares, Nvidia or SoftBank"."""
    if len(clue.entities) != 1 or len(other.entities) < 2 or clue.letter or clue.words:
        return clue
    return replace(clue, entities=clue.entities | {one for one in other.entities if one[0] != weighed})


def _matching(ledger: Ledger, clue: Clue) -> tuple[Deal, ...]:
    """Return the deals that bear all that a side says; of several those with the most words of it in their titles."""
    words = project_words(ledger)
    found = [deal for deal in ledger.deals if _bears(deal, clue, words[deal.id])]
    found = [deal for deal in found if str(deal.type) in clue.types] or found
    if not clue.words:
        found = [deal for deal in found if all(entity in deal.entities for entity, _ in clue.entities)] or found
    if not (clue.entities or clue.words):
        return ()
    rarity = _frequencies(ledger)
    scores = {deal.id: sum(1 / rarity[word] for word in clue.words & words[deal.id]) for deal in found}
    best = max(scores.values(), default=0.0)
    if clue.words and not best:
        return () if not clue.entities else _narrowed(ledger, found, clue)
    return _narrowed(ledger, [deal for deal in found if scores[deal.id] == best], clue)


def _narrowed(ledger: Ledger, found: list[Deal], clue: Clue) -> tuple[Deal, ...]:
    """Keep the whole of which others are part, and of several deals between the same companies those with the fewest others."""
    names = {deal.id for deal in found}
    found = [deal for deal in found if not names & {above.id for above in ledger.containers(deal.id)}]
    if len(clue.entities) < 2:
        return tuple(found)
    fewest = min((len(deal.entities) for deal in found), default=0)
    return tuple(deal for deal in found if len(deal.entities) == fewest)


def _bears(deal: Deal, clue: Clue, words: frozenset[str]) -> bool:
    if not all(entity in deal.entities or word in words for entity, word in clue.entities):
        return False
    if clue.letter and not re.search(rf"\bseries[ -]{clue.letter}\b", f"{deal.id} {deal.title_en}", re.IGNORECASE):
        return False
    if clue.amounts and (deal.amount_usd is None or format(deal.amount_usd.normalize(), "f") not in clue.amounts):
        return False
    return not clue.year or deal.announced.startswith(clue.year) or clue.year.startswith(f"{deal.announced}-")


def _tells(ledger: Ledger, stem: str) -> bool:
    """True for a word that stands in the titles of few deals."""
    return (
        stem not in lexicon().stop and 0 < _frequencies(ledger).get(stem, 0) <= _RARE and not stem.isdigit() and len(stem) > 2
    )


@lru_cache(maxsize=4)
def _frequencies(ledger: Ledger) -> dict[str, int]:
    """Return in how many titles each proper name stands."""
    counts: Counter[str] = Counter()
    for deal in ledger.deals:
        capitals = {token for word in deal.title_en.split() if word[:1].isupper() for token in tokens(word)}
        counts.update(capitals | set(tokens(deal.title_bn)))
    return dict(counts)
