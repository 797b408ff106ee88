"""The turn that a follow-up leans on: what was asked, what was shown, what the answer's own words tell."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.aggregate import aggregate
from assistant.conversation.told import Item, agrees, states_all, told
from assistant.linking import Linker, read_words
from assistant.schema import Filters, Query, Turn
from assistant.selection import select
from assistant.terms import of_any_role
from assistant.words import said
from index.ledger import Ledger

_SIDES = 2  # companies of the answer that a deal beyond those of its question has at least
_CITED = re.compile(r"\[(\d+)\]")
_MANY = 60  # deals at most among which those of an answer are looked for beyond what its question finds


@dataclass(frozen=True)
class Before:
    """An earlier question as read, with its answer; ``turns`` are those before it, ``read`` reads one of them."""

    ledger: Ledger
    linker: Linker
    names: dict[str, int]  # stems of proper names of the records' titles
    query: Query
    answer: Turn
    earlier: Callable[[], Iterator["Before"]]

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The deals of the answer: as kept by the caller, as the records give them, or as its text tells other ones."""
        if self.answer.deals:
            return self.answer.deals
        found = aggregate(self.ledger, self.query).deals
        told_only = tuple(name for item in self.items for name in sorted(item))
        return found if not told_only or set(told_only) & set(found) else told_only

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What the answer's text tells, in its order: of the deals that we would show, else of all that may be meant.

        Deals whose records state none of the answer's figures are not the ones that it tells of.
        """
        if self.answer.deals:
            return self._told(self.answer.deals)
        pools = [pool for pool in self._pools() if len(pool) <= _MANY]
        found = [(items, pool) for pool in pools if (items := self._told(pool))]
        one = next((items for items, _ in found if self._is_one(items)), ())
        agreed = (items for items, pool in found if agrees(self.ledger, self.answer.content, pool))
        return one or next(agreed, found[0][0] if found else ())

    @cached_property
    def cited(self) -> tuple[Item, ...]:
        """What each stretch of the answer up to a citation tells of, as far as each tells of one place."""
        told_by = [self._told_of(piece) for piece in _CITED.split(self.answer.content)[:-1:2]]
        several = next((place for place, items in enumerate(told_by) if len(items) != 1), len(told_by))
        return tuple(items[0] for items in told_by[:several])

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The deals of an answer that cites one for each place of its text: a whole list, shorter than ours.

        Only after a question of which no more than the companies was understood: else our reading is the better one.
        """
        cited = {int(number) for number in _CITED.findall(self.answer.content)}
        examples = {word.text for word in read_words(self.answer.content)} & said("such_as")
        names = tuple(name for item in self.items for name in item)
        whole = 1 < len(names) == len(self.items) == len(cited) == max(cited, default=0)
        vague = self.query.filters == Filters(parties=of_any_role(self.query.filters.parties))
        wider = set(names) < {deal.id for deal in select(self.ledger, self.query.filters)}
        return names if whole and vague and wider and not examples and not self.answer.deals else ()

    def matches(self, filters: Filters) -> bool:
        """True when a deal passes the filters."""
        return bool(select(self.ledger, filters))

    def fitted(self) -> "Before":
        """Return the exchange with its question widened to the deals that the answer tells of, where it finds none of them."""
        told_of = frozenset(name for item in self.items for name in item)
        filters = self.query.filters
        if not told_of or self._finds(filters, told_of):
            return self
        wider = replace(filters, types=frozenset(), statuses=frozenset(), text="", since=None, until=None)
        tried = (replace(filters, types=frozenset()), wider, replace(wider, parties=of_any_role(filters.parties)))
        better = next((one for one in tried if self._finds(one, told_of)), filters)
        return replace(self, query=replace(self.query, filters=better))

    def _finds(self, filters: Filters, names: Item) -> bool:
        return any(deal.id in names for deal in select(self.ledger, filters))

    def _is_one(self, items: tuple[Item, ...]) -> bool:
        """True for one deal whose record states the several figures of the answer, all of them."""
        alone = len(items) == 1 and len(items[0]) == 1
        return alone and states_all(self.ledger, self.answer.content, min(items[0]))

    def _told(self, pool: tuple[str, ...]) -> tuple[Item, ...]:
        return told(self.ledger, self.linker, self.names, self.answer.content, pool) if self.answer.content else ()

    def _told_of(self, text: str) -> tuple[Item, ...]:
        return told(self.ledger, self.linker, self.names, text, self.shown)

    def _pools(self) -> Iterator[tuple[str, ...]]:
        """Yield the deals among which those of the text are looked for: shown ones, those that match, the companies'."""
        yield aggregate(self.ledger, self.query).deals
        yield tuple(deal.id for deal in select(self.ledger, self.query.filters))
        named = [entity for term in self.query.filters.parties if not term.negated for entity in sorted(term.entities)]
        yield self._of(named)
        told_of = frozenset(mention.entity for mention in self.linker.link(read_words(self.answer.content)))
        all_of_them = self._of(sorted(told_of))
        yield tuple(name for name in all_of_them if len(told_of.intersection(self.ledger.deal(name).entities)) >= _SIDES)
        yield all_of_them

    def _of(self, companies: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(deal.id for entity in companies for deal in self.ledger.of_party(entity)))
