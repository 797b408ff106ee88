"""Check a corpus: schema, references, dates, links, Bengali script, and that briefs state recorded figures only."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import get_args

from index.amounts import Unit
from index.corpus import Corpus
from index.dates import MONTHS_EN
from index.documents import deal_text
from index.errors import ChuktiError
from index.figures import Figure, read_figures
from index.ledger import Ledger
from index.loaders import load_article
from index.records import DEAL, Article, Deal, Entity, Sector, date_precision, date_span
from index.splitter import sentences
from index.text import BENGALI, LATIN, normalise

_ENTITY_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BENGALI_LEAST = 0.5  # of the letters of a Bengali field; names of models and companies may be Latin
_WORDS = (120, 450)  # words of a brief
_COUNTED = ("percent", "GW", "years")  # units that a figure must share with the record's
_MAGNITUDES = tuple(Decimal(10) ** power for power in (0, 3, 5, 6, 7, 9, 12))  # thousand, lakh, million, crore ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of the corpus, in one sentence."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def validate(corpus: Corpus, today: date | None = None) -> tuple[Fault, ...]:
    """Return every fault of the shipped part of a corpus, none for a sound one; dates after ``today`` are faults."""
    faults: list[Fault] = []
    for name, kind in (("entities.jsonl", Entity), ("deals.jsonl", Deal)):
        faults += _rows(corpus.shipped / name, frozenset(_written(field.name) for field in fields(kind)))
    try:
        ledger = corpus.ledger()
    except ChuktiError as error:
        return (*faults, Fault("records", str(error)))
    faults += _entities(ledger)
    for deal in ledger.deals:
        faults += (Fault(deal.id, message) for message in _deal(deal, ledger, today))
    for article_id, path in corpus.article_files():
        if path.is_relative_to(corpus.shipped):
            faults += (Fault(article_id, message) for message in _brief(article_id, path, ledger, today))
    return tuple(faults)


def ungrounded(text: str, deals: Iterable[Deal], ledger: Ledger) -> tuple[Figure, ...]:
    """Return the figures of a text that none of the deals states, in its fields or its texts."""
    stated = "\n".join(_stated(deal, ledger) for deal in deals)
    grounds = read_figures(stated)
    values = {(figure.value, figure.unit) for figure in grounds}
    days = {figure.day for figure in grounds if figure.day}
    days |= {f"____-{month:02}" for month, name in enumerate(MONTHS_EN, 1) if name in stated}  # "in November", no year
    return tuple(figure for figure in read_figures(text) if not _grounded(figure, values, days))


def _grounded(figure: Figure, values: set[tuple[Decimal, Unit]], days: set[str]) -> bool:
    """True when the value is stated, or the date is: as it is, more exactly, or without its year next to that year."""
    if not figure.day:
        units: tuple[Unit, ...] = (figure.unit, "") if figure.unit in _COUNTED else get_args(Unit)
        # "183 to 965 billion" names its magnitude once
        magnitudes = _MAGNITUDES[:1] if figure.unit in _COUNTED else _MAGNITUDES
        return any((figure.value * magnitude, unit) in values for magnitude in magnitudes for unit in units)
    year, _, rest = figure.day.partition("-")
    years = {day[:4] for day in days}
    if year != "____" and year not in years:
        return False
    parts = [day.partition("-") for day in days]
    return any(stated in (year, "____") or year == "____" for stated, _, other in parts if other.startswith(rest))


def _stated(deal: Deal, ledger: Ledger) -> str:
    """Return everything that a record says, in both languages."""
    rows = [deal_text(deal, ledger, "en"), deal_text(deal, ledger, "bn"), deal.announced, deal.closed or "", deal.id[:10]]
    rows += [text or "" for text in (deal.summary_en, deal.summary_bn, deal.conflict_note_en, deal.conflict_note_bn)]
    rows += [claim.value for claim in deal.claims]
    for source in deal.sources:
        rows += [source.title or "", source.supports, source.date or ""]
    rows += [f"{flow.purpose} {flow.amount_usd or ''}" for flow in deal.flows]
    if deal.amount_original:
        rows.append(f"{deal.amount_original.value} {deal.amount_original.currency}")
    return "\n".join(rows)


def _written(name: str) -> str:
    return {"giver": "from", "receiver": "to", "purpose": "for"}.get(name, name)


def _rows(path: Path, known: frozenset[str]) -> Iterator[Fault]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name} line {number}"
        if not unicodedata.is_normalized("NFC", line):
            yield Fault(where, "is not in Unicode form NFC")
        try:
            row = json.loads(line)
        except ValueError:
            continue  # the ledger's reader reports it
        for name in sorted(set(row) - known):
            yield Fault(where, f"has the unknown field {name!r}")


def _entities(ledger: Ledger) -> Iterator[Fault]:
    used = Counter(normalise(name) for entity in ledger.entities.values() for name in set(entity.names))
    for entity in ledger.entities.values():
        checks = (
            (_ENTITY_ID.fullmatch(entity.id), "has an id that is not in snake case"),
            (re.fullmatch("[A-Z]{2}", entity.country), f"has the country {entity.country!r}, not two capital letters"),
            (
                Sector.SOVEREIGN_FUND not in entity.sectors or Sector.INVESTOR in entity.sectors,
                "is a sovereign fund but no investor",
            ),
            (len(set(entity.sectors)) == len(entity.sectors) > 0, "has no sector or one twice"),
            (_bengali(entity.name_bn), f"has the Bengali name {entity.name_bn!r}"),
            (not entity.note_bn or _bengali(entity.note_bn), "has a Bengali note that is not in Bengali script"),
            (entity.note_en, "has no note"),
        )
        yield from (Fault(entity.id, message) for sound, message in checks if not sound)
        for name in sorted(set(entity.names)):
            if not name.strip() or name != name.strip():
                yield Fault(entity.id, f"has the name {name!r}, empty or with spaces around it")
            if used[normalise(name)] > len({other for other in entity.names if normalise(other) == normalise(name)}):
                yield Fault(entity.id, f"shares the name {name!r} with another organisation")


def _deal(deal: Deal, ledger: Ledger, today: date | None) -> Iterator[str]:
    yield from _deal_dates(deal, ledger, today)
    yield from _deal_sides(deal)
    for field in ("title", "summary"):
        bengali = getattr(deal, f"{field}_bn")
        if not bengali or not _bengali(bengali):
            yield f"has no {field}_bn in Bengali script"
        if not getattr(deal, f"{field}_en"):
            yield f"has no {field}_en"
        english_only = DEAL.validate_python(DEAL.dump_python(deal, by_alias=True) | {"title_bn": "", "summary_bn": ""})
        for figure in ungrounded(bengali, [english_only], ledger):
            yield f"{field}_bn states {bengali[figure.start : figure.end]!r}, which the English record does not"
    if bool(deal.conflict_note_en) != bool(deal.conflict_note_bn) or (
        deal.conflict_note_bn and not _bengali(deal.conflict_note_bn)
    ):
        yield "has a conflict note in one language only"
    pairs = (("amount_usd", "amount_qualifier"), ("amount_usd", "amount_kind"), ("stake_percent", "stake_qualifier"))
    for one, other in pairs:
        if (getattr(deal, one) is None) != (getattr(deal, other) is None):
            yield f"has {one} without {other}, or the reverse"
    if deal.stake_percent is not None and deal.stake_percent > 100:
        yield f"has the stake {deal.stake_percent} percent"
    if not deal.sources:
        yield "has no source"
    yield from (f"has the source {source.url!r}, no web address" for source in deal.sources if not _web(source.url))
    yield from (
        f"has a claim on source {claim.source}, which it lacks" for claim in deal.claims if not claim.source < len(deal.sources)
    )


def _deal_dates(deal: Deal, ledger: Ledger, today: date | None) -> Iterator[str]:
    try:
        span = deal.span
    except ValueError as error:
        yield f"announced: {error}"
        return
    if not _SLUG.fullmatch(deal.id) or not deal.id.startswith(deal.announced):
        yield f"has an id that does not begin with its date {deal.announced!r}"
    if today and span.first > today:
        yield f"is announced on {deal.announced}, in the future"
    if deal.closed:
        try:
            closed = date_span(deal.closed, date_precision(deal.closed))
            if closed.last < span.first:
                yield f"closed on {deal.closed}, before it was announced"
        except (ValueError, KeyError):
            yield f"has the closing date {deal.closed!r}"
    for link in ("supersedes", "amends"):
        target = getattr(deal, link)
        if target == deal.id or (target and ledger.deal(target).span.first > span.last):
            yield f"{link} {target!r}, which is later or itself"


def _deal_sides(deal: Deal) -> Iterator[str]:
    sides = set(deal.entities)
    if len(deal.parties) != len(set(deal.parties)) or not deal.parties:
        yield "has no parties, or one twice in the same role"
    for flow in deal.flows:
        if not {flow.giver, flow.receiver} <= sides:
            yield f"has a flow from {flow.giver!r} to {flow.receiver!r}, one of which is no party"
        if flow.giver == flow.receiver:
            yield f"has a flow from {flow.giver!r} to itself"
        if flow.implied and flow.amount_usd is not None:
            yield "has an implied flow with an amount"


def _brief(article_id: str, path: Path, ledger: Ledger, today: date | None) -> Iterator[str]:
    try:
        article = load_article(path, article_id)
    except ChuktiError as error:
        yield str(error)
        return
    if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8")):
        yield "is not in Unicode form NFC"
    words = len(article.text.split())
    latest = today.isoformat() if today else "9999"
    checks: tuple[tuple[object, str], ...] = (
        (_SLUG.fullmatch(path.stem), "has a file name that is not lower-case words with hyphens"),
        (path.parent.name == article.language, f"lies in {path.parent.name!r} but is in {article.language!r}"),
        (article.language == "en" or (_bengali(article.text) and _bengali(article.title)), "is not in Bengali script"),
        (article.publisher == "Chukti", f"has the publisher {article.publisher!r}"),
        (
            re.fullmatch(r"\d{4}-\d\d-\d\d", article.date or "") and (article.date or "") <= latest,
            f"has the date {article.date!r}",
        ),
        (_WORDS[0] <= words <= _WORDS[1], f"has {words} words"),
        (article.deals, "names no deals"),
    )
    yield from (message for sound, message in checks if not sound)
    unknown = [deal for deal in article.deals if deal not in ledger]
    yield from (f"names the unknown deal {deal!r}" for deal in unknown)
    deals = [ledger.deal(deal) for deal in article.deals if deal in ledger]
    yield from _brief_sources(article, deals)
    for text in (article.title, article.text):
        for figure in ungrounded(text, deals, ledger):
            yield f"states {text[figure.start : figure.end]!r}, which no deal that it names does"


def _brief_sources(article: Article, deals: list[Deal]) -> Iterator[str]:
    known = {source.url for deal in deals for source in deal.sources}
    yield from (
        f"has the source {source.url!r}, of no deal that it names" for source in article.sources if source.url not in known
    )
    used = {source for reference in article.references for source in reference.sources}
    yield from (f"never refers to its source {place + 1}" for place in range(len(article.sources)) if place not in used)
    ends = {end for _, end in sentences(article.text)}
    for reference in article.references:
        if reference.offset not in ends:
            yield f"has a reference inside a sentence, after {article.text[max(0, reference.offset - 30) : reference.offset]!r}"
    if any(later.offset <= earlier.offset for earlier, later in pairwise(article.references)):
        yield "has references out of order"


def _bengali(text: str) -> bool:
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    return bengali > 0 and bengali >= _BENGALI_LEAST * (bengali + latin)


_web: Callable[[str], "re.Match[str] | None"] = re.compile(r"https?://[^\s/]+\.[^\s/]+").match
