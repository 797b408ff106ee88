"""A deal record as a document: the text in each language that is indexed and that citations quote by offset."""

from collections.abc import Iterator

from index.figures import count, day, gigawatts, money, number, percent
from index.labels import label, qualified
from index.ledger import Ledger
from index.records import Deal, Language, date_precision

_HEADS = {
    "terms": ("Terms", "শর্ত (ইংরেজিতে)"),
    "amount": ("Amount", "অঙ্ক"),
    "stake": ("Stake", "অংশীদারত্ব"),
    "shares": ("Shares", "শেয়ার"),
    "power": ("Power", "বিদ্যুৎ সক্ষমতা"),
    "valuation": ("Valuation", "মূল্যায়ন"),
    "term": ("Term", "মেয়াদ"),
    "parties": ("Parties", "পক্ষ"),
    "type": ("Type", "ধরন"),
    "announced": ("Announced", "ঘোষণা"),
    "closed": ("Closed", "সম্পন্ন"),
    "status": ("Status", "অবস্থা"),
    "conflict": ("Sources differ", "সূত্রভেদে পার্থক্য"),
    "part_of": ("Part of", "যার অংশ"),
    "supersedes": ("Replaces", "যাকে প্রতিস্থাপন করেছে"),
    "amends": ("Adds to", "যাতে যোগ হয়েছে"),
    "sources": ("Sources", "সূত্র"),
}


def deal_text(deal: Deal, ledger: Ledger, language: Language) -> str:
    """Return the document of a deal: headline, summary, then one line for each field that is known.

    The first line is the title, the second the summary, both exactly as the record has them.
    """
    lines = [deal.title(language), deal.summary(language)]
    lines += [f"{_HEADS[head][language == 'bn']}: {value}" for head, value in _fields(deal, ledger, language) if value]
    return "\n".join(lines)


def field_line(head: str, language: Language) -> str:
    """Return how the line of a field begins, such as ``Announced: ``."""
    return f"{_HEADS[head][language == 'bn']}: "


def _fields(deal: Deal, ledger: Ledger, language: Language) -> Iterator[tuple[str, str]]:
    if deal.amount_usd is not None:
        kind = f" ({label(deal.amount_kind, language)})" if deal.amount_kind else ""
        yield "amount", qualified(deal.amount_qualifier, money(deal.amount_usd, language), language) + kind
    yield "terms", deal.amount_text or ""
    if deal.stake_percent is not None:
        yield "stake", qualified(deal.stake_qualifier, percent(deal.stake_percent, language), language)
    if deal.shares is not None:
        yield "shares", count(deal.shares, language)
    if deal.gigawatts is not None:
        yield "power", gigawatts(deal.gigawatts, language)
    if deal.valuation_usd is not None:
        yield "valuation", money(deal.valuation_usd, language)
    if deal.term_years is not None:
        unit = "বছর" if language == "bn" else "years"
        yield "term", f"{number(deal.term_years, language)} {unit}"
    yield "type", label(deal.type, language)
    yield "parties", party_list(deal, ledger, language)
    yield "announced", day(deal.announced, deal.announced_precision, language)
    if deal.closed:
        yield "closed", day(deal.closed, date_precision(deal.closed), language)
    yield "status", label(deal.status, language)
    yield "conflict", deal.conflict_note(language)
    for link, target in (("part_of", deal.part_of), ("supersedes", deal.supersedes), ("amends", deal.amends)):
        if target:
            yield link, ledger.deal(target).title(language)
    yield "sources", ", ".join(dict.fromkeys(source.publisher for source in deal.sources))


def party_list(deal: Deal, ledger: Ledger, language: Language) -> str:
    """Name the parties with their roles: ``OpenAI (buyer, holder), AMD (seller, issuer)``."""
    named = []
    for entity in deal.entities:
        roles = ", ".join(label(party.role, language) for party in deal.parties if party.entity == entity)
        named.append(f"{ledger.entity(entity).name(language)} ({roles})")
    return ", ".join(named)
