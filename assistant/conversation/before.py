"""The turn that a follow-up leans on: what was asked, what was shown, what the answer's own words tell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.aggregate import aggregate
from assistant.conversation.told import Item, told
from assistant.linking import Linker, read_words
from assistant.schema import Filters, Query, Turn
from assistant.selection import select
from index.ledger import Ledger

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
        """What the answer's text tells, in its order: of the deals that we would show, else of all that may be meant."""
        if self.answer.deals:
            return self._told(self.answer.deals)
        found = (self._told(pool) for pool in self._pools() if len(pool) <= _MANY)
        return next((items for items in found if items), ())

    def matches(self, filters: Filters) -> bool:
        """True when a deal passes the filters."""
        return bool(select(self.ledger, filters))

    def _told(self, pool: tuple[str, ...]) -> tuple[Item, ...]:
        return told(self.ledger, self.linker, self.names, self.answer.content, pool) if self.answer.content else ()

    def _pools(self) -> Iterator[tuple[str, ...]]:
        """Yield the deals among which those of the text are looked for: shown ones, those that match, the companies'."""
        yield aggregate(self.ledger, self.query).deals
        yield tuple(deal.id for deal in select(self.ledger, self.query.filters))
        yield self._wider()

    def _wider(self) -> tuple[str, ...]:
        """Return the deals of the companies that the question named, or else the answer."""
        named = [entity for term in self.query.filters.parties if not term.negated for entity in sorted(term.entities)]
        if not named:
            named = [mention.entity for mention in self.linker.link(read_words(self.answer.content))]
        return tuple(dict.fromkeys(deal.id for entity in named for deal in self.ledger.of_party(entity)))
