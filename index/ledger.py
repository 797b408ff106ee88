"""The ledger: entities and deals, checked, immutable, looked up by id, party and link."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import CorpusError, NotFoundError
from index.records import DEAL, ENTITY, Deal, Entity

Row = TypeVar("Row", Entity, Deal)


class Ledger:
    """All entities and deals of a corpus. Deals are ordered by date, then id."""

    def __init__(self, entities: Iterable[Entity], deals: Iterable[Deal]) -> None:
        """Take the records as they are; raises CorpusError for a repeated id, a wrong date or a link to a missing record."""
        self.entities: Mapping[str, Entity] = _by_id(entities, "entity")
        ordered = sorted(deals, key=_by_date)
        self._deals: Mapping[str, Deal] = _by_id(ordered, "deal")
        self._check_links()

    @property
    def deals(self) -> tuple[Deal, ...]:
        """Every deal, oldest first."""
        return tuple(self._deals.values())

    def deal(self, deal_id: str) -> Deal:
        """Return the deal; raises NotFoundError."""
        try:
            return self._deals[deal_id]
        except KeyError:
            raise NotFoundError(f"There is no deal {deal_id!r}; `chukti deals` lists the ids.") from None

    def entity(self, entity_id: str) -> Entity:
        """Return the entity; raises NotFoundError."""
        try:
            return self.entities[entity_id]
        except KeyError:
            raise NotFoundError(f"There is no organisation {entity_id!r}; `/api/entities` lists the ids.") from None

    def __contains__(self, deal_id: object) -> bool:
        return deal_id in self._deals

    def __len__(self) -> int:
        return len(self._deals)

    def of_party(self, entity_id: str) -> tuple[Deal, ...]:
        """Return the deals in which the entity has any role, oldest first; empty when it has none."""
        return self._by_party.get(entity_id, ())

    @cached_property
    def _by_party(self) -> Mapping[str, tuple[Deal, ...]]:
        found: dict[str, list[Deal]] = defaultdict(list)
        for deal in self.deals:
            for entity in deal.entities:
                found[entity].append(deal)
        return MappingProxyType({entity: tuple(deals) for entity, deals in found.items()})

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """The deal that supersedes each superseded deal."""
        return MappingProxyType({deal.supersedes: deal.id for deal in self.deals if deal.supersedes})

    def containers(self, deal_id: str) -> Iterator[Deal]:
        """Yield the deals above this one by ``part_of``, nearest first."""
        above = self.deal(deal_id).part_of
        while above is not None:
            container = self.deal(above)
            yield container
            above = container.part_of

    def _check_links(self) -> None:
        for deal in self.deals:
            for party in deal.parties:
                if party.entity not in self.entities:
                    raise CorpusError(
                        f"Deal {deal.id!r} names the unknown organisation {party.entity!r}; add it to entities.jsonl."
                    )
            for link in ("part_of", "supersedes", "amends"):
                target = getattr(deal, link)
                if target is not None and target not in self._deals:
                    raise CorpusError(f"Deal {deal.id!r} has {link} {target!r}, which is no deal; correct or remove the link.")
            seen = {deal.id}
            above = deal.part_of
            while above is not None:
                if above in seen:
                    raise CorpusError(
                        f"Deal {deal.id!r} is part of itself through {above!r}; break the circle of part_of links."
                    )
                seen.add(above)
                above = self._deals[above].part_of


def read_entities(path: Path) -> Iterator[Entity]:
    """Yield the entities of a JSON-lines file; raises CorpusError with file, line and field."""
    return _read(path, ENTITY)


def read_deals(path: Path) -> Iterator[Deal]:
    """Yield the deals of a JSON-lines file; raises CorpusError with file, line and field."""
    return _read(path, DEAL)


def _read(path: Path, adapter: TypeAdapter[Row]) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield adapter.validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"]) or "the row"
                raise CorpusError(f"{path.name} line {number}: {where}: {first['msg']}.") from error


def _by_date(deal: Deal) -> tuple[date, date, str]:
    try:
        return deal.span.first, deal.span.last, deal.id
    except ValueError:
        raise CorpusError(
            f"Deal {deal.id!r} has announced {deal.announced!r}, which is no date of {deal.announced_precision} precision; "
            "write 2025-10-06, 2025-10 or 2025 as the precision says."
        ) from None


def _by_id(rows: Iterable[Row], what: str) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.id in found:
            raise CorpusError(f"The {what} id {row.id!r} occurs twice; rename or remove one of the records.")
        found[row.id] = row
    return MappingProxyType(found)
