"""The expected answers of the evaluation set, computed from the records by plain code.

A case carries a `spec`: what a careful reader would look for, as a filter and an operation. This script evaluates it
over the JSON records alone and knows nothing of the assistant.

    python tests/expected.py [CASES.jsonl ...]           compare the cases with the corpus; exit 1 when one disagrees
    python tests/expected.py --write CASES.jsonl ...     compute the expected fields anew from the specs

How a case is read: `deals`, `value` and `verdict` that are null are not checked; `deals` is compared as a set unless
`ordered`; an average is rounded to whole dollars. `accept` lists other sound readings, each laid over the case.
`left_out`, when present, names deals that must be among those left out. `today` is the day of the question.

Filter (`where`, all keys must hold): party, any_party, not_party, role [[entity, [roles]], ...], sector (of any party),
with_sector [entity, sector] (of another party), role_sector [[roles], sector], only (no other party), type, not_type,
status, not_status, firm, when, since, until (day, month, quarter or year), above, below, at_least, at_most (dollars),
valuation_above, min_gw, max_gw, has (field), lacks (field), part_of, country (of any party), ids, not_ids, conflict,
original (currency of the stated sum), any_of [filters], role_outside [[roles], sector] (one party at least is not of
the sector), without_sector (no party is).
"""

import json
import sys
from calendar import monthrange
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from typing import Any

Record = dict[str, Any]
CORPUS = Path(__file__).resolve().parents[1] / "index" / "corpus"
FIRM = {"announced", "signed", "closed", "amended"}
SUMMABLE = {"exact", "about", "at_least"}
SPENT = ["investment", "contract", "price", "financing"]
FIELDS = "amount_usd:USD valuation_usd:USD stake_percent:percent gigawatts:GW shares:shares term_years:years"
UNITS = dict(pair.split(":") for pair in FIELDS.split())
NAN = float("nan")  # an unknown figure is neither above nor below anything
OUTCOME = ("deals", "value", "verdict", "left_out", "ordered")


def read(path: Path) -> list[Record]:
    """The objects of a JSON Lines file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


ENTITIES = {entity["id"]: entity for entity in read(CORPUS / "entities.jsonl")}
DEALS = read(CORPUS / "deals.jsonl")
BY_ID = {deal["id"]: deal for deal in DEALS}


def span(text: str) -> tuple[str, str]:
    """First and last day of a day, month, quarter ("2025-Q3") or year."""
    year, _, rest = text.partition("-")
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    if rest.startswith("Q"):
        last = int(rest[1]) * 3
        return f"{year}-{last - 2:02}-01", f"{year}-{last:02}-{monthrange(int(year), last)[1]}"
    if len(rest) == 2:
        return f"{text}-01", f"{text}-{monthrange(int(year), int(rest))[1]}"
    return text, text


def as_list(value: Any) -> list[Any]:
    """The value when it is a list, else a list of it."""
    return value if isinstance(value, list) else [value]


def entities(deal: Record) -> set[str]:
    """The parties of a deal."""
    return {party["entity"] for party in deal["parties"]}


def sectors(names: Iterable[str]) -> set[str]:
    """Every sector of the named entities."""
    return {sector for name in names for sector in ENTITIES[name]["sectors"]}


def has_role_sector(deal: Record, wanted: list[Any], inside: bool) -> bool:
    """Whether a party in one of the roles is (or is not) of the sector."""
    named = [party["entity"] for party in deal["parties"] if party["role"] in wanted[0]]
    return any((wanted[1] in ENTITIES[name]["sectors"]) is inside for name in named)


TESTS: dict[str, Callable[[Record, Any], bool]] = {
    "party": lambda d, v: set(as_list(v)) <= entities(d),
    "any_party": lambda d, v: bool(set(v) & entities(d)),
    "not_party": lambda d, v: not set(as_list(v)) & entities(d),
    "role": lambda d, v: all(any((p["entity"], p["role"]) == (e, r) for p in d["parties"] for r in w) for e, w in v),
    "sector": lambda d, v: v in sectors(entities(d)),
    "without_sector": lambda d, v: v not in sectors(entities(d)),
    "with_sector": lambda d, v: v[0] in entities(d) and v[1] in sectors(entities(d) - {v[0]}),
    "role_sector": lambda d, v: has_role_sector(d, v, inside=True),
    "role_outside": lambda d, v: has_role_sector(d, v, inside=False),
    "type": lambda d, v: d["type"] in as_list(v),
    "not_type": lambda d, v: d["type"] not in as_list(v),
    "status": lambda d, v: d["status"] in as_list(v),
    "not_status": lambda d, v: d["status"] not in as_list(v),
    "firm": lambda d, v: (d["status"] in FIRM) is v,
    "when": lambda d, v: span(v)[0] <= span(d["announced"])[0] and span(d["announced"])[1] <= span(v)[1],
    "since": lambda d, v: span(d["announced"])[0] >= span(v)[0],
    "until": lambda d, v: span(d["announced"])[1] <= span(v)[1],
    "above": lambda d, v: (d["amount_usd"] or NAN) > v,
    "below": lambda d, v: (d["amount_usd"] or NAN) < v,
    "at_least": lambda d, v: (d["amount_usd"] or NAN) >= v,
    "at_most": lambda d, v: (d["amount_usd"] or NAN) <= v,
    "valuation_above": lambda d, v: (d["valuation_usd"] or NAN) > v,
    "min_gw": lambda d, v: (d["gigawatts"] or NAN) >= v,
    "max_gw": lambda d, v: (d["gigawatts"] or NAN) <= v,
    "has": lambda d, v: d[v] is not None,
    "lacks": lambda d, v: d[v] is None,
    "part_of": lambda d, v: v in ancestors(d),
    "country": lambda d, v: v in {ENTITIES[name]["country"] for name in entities(d)},
    "ids": lambda d, v: d["id"] in v,
    "not_ids": lambda d, v: d["id"] not in v,
    "conflict": lambda d, v: bool(d["claims"]) is v,
    "original": lambda d, v: bool(d["amount_original"]) and d["amount_original"]["currency"] == v,
    "any_of": lambda d, v: any(matches(d, where) for where in v),
}


def matches(deal: Record, where: Record) -> bool:
    """Whether the deal passes every test of the filter; an unknown key is an error."""
    return all(TESTS[key](deal, value) for key, value in where.items())


def select(where: Record) -> list[Record]:
    """The deals that pass the filter, in the order of the file."""
    return [deal for deal in DEALS if matches(deal, where)]


def ancestors(deal: Record) -> list[str]:
    """The deals above this one by `part_of`, nearest first."""
    above: list[str] = []
    while deal["part_of"]:
        deal = BY_ID[deal["part_of"]]
        above.append(deal["id"])
    return above


def summable(deal: Record) -> bool:
    """Whether the amount may enter a sum or a rank by money."""
    return deal["amount_usd"] is not None and deal["status"] in FIRM and deal["amount_qualifier"] in SUMMABLE


def countable(found: list[Record], kinds: list[str]) -> list[Record]:
    """The deals whose amounts are added up, each dollar once."""
    kept = [deal for deal in found if summable(deal) and deal["amount_kind"] in kinds]
    replaced = {deal["supersedes"] for deal in kept}
    kept = [deal for deal in kept if deal["id"] not in replaced]
    names = {deal["id"] for deal in kept}
    return [deal for deal in kept if not names.intersection(ancestors(deal))]


def dollars(amount: Decimal | int) -> Record:
    """An amount of money as the contract writes it."""
    return {"amount": f"{Decimal(amount):f}", "unit": "USD"}


def ids(found: list[Record]) -> list[str]:
    """The ids of the deals."""
    return [deal["id"] for deal in found]


def counted(spec: Record) -> Record:
    """Every matching deal and their number."""
    found = ids(select(spec["where"]))
    return {"deals": found, "value": {"amount": str(len(found)), "unit": "deals"}}


def summed(spec: Record) -> Record:
    """The deals in the sum (or average), the figure, and the matching deals left out."""
    found = select(spec["where"])
    kept = countable(found, spec.get("kinds", SPENT))
    total = sum((Decimal(deal["amount_usd"]) for deal in kept), Decimal(0))
    figure = round(total / len(kept)) if spec["op"] == "average" else total
    result: Record = {"deals": ids(kept), "value": dollars(figure)}
    if spec.get("left_out", True):
        result["left_out"] = [deal["id"] for deal in found if deal not in kept]
    return result


def moved(deal: Record, sender: str, receiver: str | None) -> Decimal:
    """The cash that the flows of a deal state from one party to another, or to anyone."""
    flows = [flow for flow in deal["flows"] if flow["amount_usd"] and flow["kind"] == "cash" and flow["from"] == sender]
    return sum((Decimal(str(f["amount_usd"])) for f in flows if receiver in (None, f["to"])), Decimal(0))


def flow_summed(spec: Record) -> Record:
    """What one party pays another: the cash in the flows of the deals that may be summed, replaced ones left out."""
    kept = [deal for deal in select(spec["where"]) if summable(deal)]
    replaced = {deal["supersedes"] for deal in kept}
    amounts = {deal["id"]: moved(deal, *spec["flow"]) for deal in kept if deal["id"] not in replaced}
    used = [name for name, amount in amounts.items() if amount]
    return {"deals": used, "value": dollars(sum(amounts.values(), Decimal(0)))}


def ranked(spec: Record) -> Record:
    """The first n deals by a field, with `ties` all that share the last place; by money only those a sum may take."""
    field, n = spec.get("by", "amount_usd"), spec.get("n", 1)
    found = [deal for deal in select(spec["where"]) if deal[field] is not None]
    if field == "amount_usd":
        found = [deal for deal in found if summable(deal) and deal["amount_kind"] in spec.get("kinds", [deal["amount_kind"]])]
    found.sort(key=lambda deal: deal[field], reverse=not spec.get("ascending", False))
    first = [deal[field] for deal in found[:n]]
    top = [deal for deal in found if deal[field] in first]
    if len(top) > n and not spec.get("ties"):
        sys.exit(f"rank with a tie at its end: {spec}")
    result: Record = {"deals": ids(top)}
    if len(top) > 1 and len(set(first)) == len(top):
        result["ordered"] = True
    return result | ({"value": field_value(top[0], spec["value"])} if spec.get("value") else {})


def field_value(deal: Record, field: str) -> Record | None:
    """A field of a deal as the contract writes a value; null for words."""
    if field in {"announced", "closed"}:
        return {"date": deal[field]}
    return {"amount": str(deal[field]), "unit": UNITS[field]} if field in UNITS else None


def looked_up(spec: Record) -> Record:
    """The one deal that the filter selects, and the field asked for."""
    found = select(spec["where"])
    if len(found) != 1:
        sys.exit(f"{len(found)} deals for a look-up: {spec}")
    if spec.get("flow"):
        return {"deals": ids(found), "value": dollars(moved(found[0], *spec["flow"]))}
    return {"deals": ids(found), "value": field_value(found[0], spec["field"]) if spec.get("field") else None}


def judged(spec: Record) -> Record:
    """The verdict: a firm record that matches and holds; with it the deals that say so, or that come nearest."""
    found = select(spec["where"])
    good = [deal for deal in found if deal["status"] in FIRM and matches(deal, spec.get("holds", {}))]
    return {"verdict": bool(good), "deals": ids(good or found) or None}


def timed(spec: Record) -> Record:
    """Every matching deal, earliest first where no two dates overlap."""
    found = sorted(select(spec["where"]), key=lambda deal: span(deal["announced"]))
    clear = all(span(a["announced"])[1] < span(b["announced"])[0] for a, b in pairwise(found))
    return {"deals": ids(found)} | ({"ordered": True} if clear else {})


OPERATIONS: dict[str, Callable[[Record], Record]] = {
    "list": lambda spec: {"deals": ids(select(spec["where"]))},
    "count": counted,
    "sum": summed,
    "average": summed,
    "flow_sum": flow_summed,
    "rank": ranked,
    "lookup": looked_up,
    "yesno": judged,
    "timeline": timed,
    "none": lambda spec: {"deals": spec["deals"]} if "deals" in spec else {},
}


def outcome(spec: Record) -> Record:
    """The expected fields for a spec, nulls for those it leaves `open`."""
    result: Record = {"deals": None, "value": None, "verdict": None, **OPERATIONS[spec["op"]](spec)}
    return {**result, **dict.fromkeys(spec.get("open", [])), **spec.get("set", {})}


def expect(spec: Record) -> Record:
    """The expected fields with the other accepted readings laid over them."""
    base = outcome(spec)
    readings: list[Record] = [{}]
    for other in spec.get("or", []):
        alternative = outcome(other)
        readings.append({key: alternative.get(key) for key in OUTCOME if alternative.get(key) != base.get(key)})
    overlays = [{}, *spec.get("also", [])]
    accept = [first | second for first, second in product(readings, overlays) if first or second]
    return base | ({"accept": accept} if accept else {})


def renewed(case: Record) -> Record:
    """The case with its expected fields computed from its spec."""
    kept = {key: value for key, value in case.items() if key not in {*OUTCOME, "accept"}}
    return kept | expect(case["spec"])


def main(arguments: list[str]) -> int:
    """Check or rewrite the files named; the project's own cases by default."""
    write, faults = "--write" in arguments, 0
    for path in [Path(a) for a in arguments if a != "--write"] or [Path(__file__).with_name("cases.jsonl")]:
        cases = read(path)
        fresh = [renewed(case) for case in cases]
        wrong = [case["id"] for case, new in zip(cases, fresh, strict=True) if case != new]
        if write:
            path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in fresh), encoding="utf-8")
        verb = "rewritten" if write else "disagree with the corpus"
        sys.stdout.write(f"{path}: {len(cases)} cases, {len(wrong)} {verb} {' '.join(wrong)}\n")
        faults += 0 if write else len(wrong)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
