"""The person's own deals and organisations: what a file adds to them, what a removal takes out, and how they are kept.

They lie in the person's folder as ``entities.jsonl`` and ``deals.jsonl``, like the shipped ones; ``files.json`` says which
file brought what.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from index.corpus import write_whole
from index.deal_files import RecordFile, entity_id
from index.errors import NotFoundError
from index.ledger import Ledger, read_deals, read_entities
from index.records import DEAL, ENTITY, Deal, Entity, Flow
from index.tables import RowError
from index.text import normalise

_LIKE_AN_ID = re.compile(r"[a-z0-9_]+")
_LINKS = ("part_of", "supersedes", "amends")


@dataclass(frozen=True, slots=True)
class Brought:
    """The ids of what one file brought: its deals, and the organisations that it describes or that were made for them."""

    deals: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """Everything of the person's own, by id. ``made`` are organisations known from parties of deals only."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    deals: Mapping[str, Deal] = field(default_factory=dict)
    files: Mapping[str, Brought] = field(default_factory=dict)
    made: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of what a file added, changed, and left as it was."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddedRecords:
    """What came of adding a file of records."""

    file: str
    deals: Change
    entities: Change


def read_own(folder: Path) -> OwnRecords:
    """Return the person's records; none where the folder is not there."""
    entities, deals, files = (folder / name for name in ("entities.jsonl", "deals.jsonl", "files.json"))
    kept = json.loads(files.read_text(encoding="utf-8")) if files.exists() else {"files": {}, "made": []}
    return OwnRecords(
        {row.id: row for row in read_entities(entities)} if entities.exists() else {},
        {row.id: row for row in read_deals(deals)} if deals.exists() else {},
        {name: Brought(tuple(row["deals"]), tuple(row["entities"])) for name, row in kept["files"].items()},
        frozenset(kept["made"]),
    )


def write_own(folder: Path, own: OwnRecords) -> None:
    """Write the records, each file in one step; organisations are there before and after the deals that name them."""
    before = read_own(folder)
    _write_rows(folder / "entities.jsonl", map(ENTITY.dump_json, {**before.entities, **own.entities}.values()))
    _write_rows(folder / "deals.jsonl", (DEAL.dump_json(deal, by_alias=True) for deal in own.deals.values()))
    if before.entities.keys() - own.entities.keys():
        _write_rows(folder / "entities.jsonl", map(ENTITY.dump_json, own.entities.values()))
    files = {name: {"deals": list(one.deals), "entities": list(one.entities)} for name, one in own.files.items()}
    rows = json.dumps({"files": files, "made": sorted(own.made)}, ensure_ascii=False, indent=1)
    write_whole(folder / "files.json", rows.encode())


def with_file(own: OwnRecords, ledger: Ledger, file: RecordFile) -> tuple[OwnRecords, AddedRecords]:
    """Return the records with those of a file, the same ids replaced, and what that changes.

    ``ledger`` holds the shipped and the person's records. A party may be an id or any written name of an organisation; a
    name that nobody has becomes a new organisation. Raises RowError for a row that does not fit the other records.
    """
    naming = _Naming(own, ledger, file.name)
    for number, entity in file.entities:
        naming.describe(number, entity)
    deals = {}
    for number, deal in file.deals:
        if deal.id in ledger and deal.id not in own.deals:
            fault = f"{deal.id!r} is the id of a deal that is shipped with Chukti"
            raise RowError(file.name, number, "id", fault, "give the row another id and add the file again")
        deals[deal.id] = naming.resolved(number, deal)
    new = OwnRecords({**own.entities, **naming.new}, {**own.deals, **deals}, own.files, naming.made)
    _check_links(file, new, ledger)
    brought = Brought(tuple(deals), tuple(dict.fromkeys(naming.named)))
    files = {name: _less(one, brought) for name, one in own.files.items() if name != file.name}
    earlier = own.files.get(file.name, Brought())
    files[file.name] = Brought(
        tuple(dict.fromkeys((*earlier.deals, *brought.deals))), tuple(dict.fromkeys((*earlier.entities, *brought.entities)))
    )
    new = _pruned(replace(new, files=files))
    return new, AddedRecords(
        file.name, _change(brought.deals, own.deals, new.deals), _change(brought.entities, own.entities, new.entities)
    )


def without(own: OwnRecords, name: str) -> OwnRecords:
    """Return the records without one deal, or without all that a file brought; raises NotFoundError for another name."""
    if name in own.deals:
        gone = Brought((name,))
    elif name in own.files:
        gone = own.files[name]
    else:
        raise NotFoundError(f"There is no deal or file {name!r} of your own; `chukti sources` lists them.")
    deals = {key: deal for key, deal in own.deals.items() if key not in gone.deals}
    files = {key: _less(one, gone) for key, one in own.files.items() if key != name}
    needed = {entity for deal in deals.values() for entity in deal.entities}
    needed |= {entity for one in files.values() for entity in one.entities}
    kept = {key: entity for key, entity in own.entities.items() if key not in gone.entities or key in needed}
    return _pruned(OwnRecords(kept, deals, files, own.made))


class _Naming:
    """Which organisation a name means while a file is taken in: known ones, those described, those made on the way."""

    def __init__(self, own: OwnRecords, ledger: Ledger, file: str) -> None:
        self._file, self._own = file, own
        self._known = dict(ledger.entities)
        self._ids = {_plain(name): entity.id for entity in self._known.values() for name in entity.names}
        self.new: dict[str, Entity] = {}
        self.made = own.made
        self.named: list[str] = []  # ids of the person's own organisations that the file describes or names

    def describe(self, number: int, entity: Entity) -> None:
        """Take in an organisation's row; raises RowError where an id or a name of it is another's."""
        for name in (entity.id, *entity.names):
            other = name if name in self._known else self._ids.get(_plain(name))
            if other is None or (other == entity.id and other in {**self._own.entities, **self.new}):
                continue
            shipped = other not in {**self._own.entities, **self.new}
            fault = f"{name!r} is the organisation {other!r}" + (", which is shipped with Chukti" if shipped else "")
            step = "take the row out" if shipped else f"give the row the id {other!r}"
            raise RowError(self._file, number, "name_en", fault, f"{step} and add the file again")
        self._take(entity)
        self.made -= {entity.id}

    def resolved(self, number: int, deal: Deal) -> Deal:
        """Return the deal with ids for its parties; flows must be between them."""
        parties = tuple(replace(party, entity=self._id(number, party.entity)) for party in deal.parties)
        flows = tuple(self._flow(number, flow, {party.entity for party in parties}) for flow in deal.flows)
        return replace(deal, parties=parties, flows=flows)

    def _flow(self, number: int, flow: Flow, parties: set[str]) -> Flow:
        sides = [side if side in self._known else self._ids.get(_plain(side), side) for side in (flow.giver, flow.receiver)]
        for side in sides:
            if side not in parties:
                fault = f"the flow names {side!r}, which is no party of the deal"
                raise RowError(self._file, number, "flows", fault, "add it to the parties and add the file again")
        return replace(flow, giver=sides[0], receiver=sides[1])

    def _id(self, number: int, name: str) -> str:
        known = name if name in self._known else self._ids.get(_plain(name))
        if known is None:
            known = self._make(number, name)
        if known in self.new or known in self._own.entities:
            self.named.append(known)
        return known

    def _make(self, number: int, name: str) -> str:
        """Make an organisation of a name; what is written like an id and is none is a mistake instead."""
        if _LIKE_AN_ID.fullmatch(name):
            near = get_close_matches(name, self._known, 1)
            hint = f", did you mean {near[0]!r}" if near else ""
            step = "correct the id, or write a new organisation's name with a capital letter, as 'Acme Robotics: buyer'"
            raise RowError(self._file, number, "parties", f"{name!r} is no organisation's id{hint}", step)
        made = entity_id(name)
        if made not in self._known:
            self._take(Entity(made, name, name))
            self.made |= {made}
        return made

    def _take(self, entity: Entity) -> None:
        self.new[entity.id] = self._known[entity.id] = entity
        self.named.append(entity.id)
        self._ids.update({_plain(name): entity.id for name in entity.names})


def _check_links(file: RecordFile, own: OwnRecords, ledger: Ledger) -> None:
    """Raise RowError for a link to a missing deal or a circle of them."""
    entities, deals = ({**ledger.entities, **own.entities}, {**{deal.id: deal for deal in ledger.deals}, **own.deals})
    for number, deal in file.deals:
        for link in _LINKS:
            target = getattr(deal, link)
            if target is not None and target not in deals:
                raise RowError(file.name, number, link, f"{target!r} is no deal")
        above, seen = deal.part_of, {deal.id}
        while above is not None and above in deals:
            if above in seen:
                raise RowError(file.name, number, "part_of", f"the deal is part of itself through {above!r}")
            seen.add(above)
            above = deals[above].part_of
    Ledger(entities.values(), deals.values())


def _pruned(own: OwnRecords) -> OwnRecords:
    """Drop made organisations that no deal names any more, and files that nothing is left of."""
    named = {entity for deal in own.deals.values() for entity in deal.entities}
    entities = {key: entity for key, entity in own.entities.items() if key not in own.made or key in named}
    files = {
        name: Brought(
            tuple(key for key in one.deals if key in own.deals), tuple(key for key in one.entities if key in entities)
        )
        for name, one in own.files.items()
    }
    kept = {name: one for name, one in files.items() if one.deals or one.entities}
    return OwnRecords(entities, own.deals, kept, own.made & entities.keys())


def _less(one: Brought, other: Brought) -> Brought:
    return replace(one, deals=tuple(key for key in one.deals if key not in other.deals))


def _change(brought: Iterable[str], before: Mapping[str, object], after: Mapping[str, object]) -> Change:
    groups: tuple[list[str], list[str], list[str]] = ([], [], [])
    for key in brought:
        groups[0 if key not in before else 2 if before[key] == after[key] else 1].append(key)
    return Change(*map(tuple, groups))


def _plain(name: str) -> str:
    return " ".join(normalise(name).split())


def _write_rows(path: Path, rows: Iterable[bytes]) -> None:
    write_whole(path, b"".join(row + b"\n" for row in rows))
