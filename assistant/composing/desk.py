"""What every kind of answer writes with: names, amounts, dates, statuses and items of one finding in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant import bengali
from assistant.citations import as_number, figures
from assistant.composing.quoting import Quotes
from assistant.phrases import Phrases
from assistant.schema import Evidence, Finding, Query, Sentence
from index.figures import day, money
from index.labels import qualified
from index.ledger import Ledger
from index.records import Deal, Language, Precision, Qualifier, date_precision

CARD = ("parties", "announced", "status")  # the lines that prove a list item: who, when, how far


@dataclass(frozen=True, slots=True)
class Desk:
    """One finding with the ledger, the phrases and the quotes at hand."""

    ledger: Ledger
    quotes: Quotes
    phrases: Phrases
    finding: Finding
    passages: tuple[Evidence, ...] = ()

    @property
    def query(self) -> Query:
        """What was asked."""
        return self.finding.query

    @property
    def language(self) -> Language:
        """The language of the answer."""
        return self.query.language

    @property
    def deals(self) -> tuple[Deal, ...]:
        """The deals that the answer presents, in order."""
        return tuple(self.ledger.deal(name) for name in self.finding.deals)

    def text(self, key: str, /, **slots: object) -> str:
        """Fill in a template; the finding decides among variants."""
        return self.phrases.say(key, "".join(self.finding.deals[:3]) + self.query.search, **slots)

    def say(
        self, key: str, evidence: Iterable[Evidence] = (), computed: Iterable[Decimal] = (), /, **slots: object
    ) -> Sentence:
        """Write a sentence; numbers given as slots count as computed."""
        own = [Decimal(value) for value in slots.values() if isinstance(value, int | Decimal)]
        return Sentence(self.text(key, **slots), tuple(evidence), (*computed, *own))

    def name(self, entity: str) -> str:
        """Return the usual name of an organisation."""
        return self.ledger.entity(entity).name(self.language)

    def names(self, entities: Iterable[str], either: bool = False) -> str:
        """Return names as a list."""
        return self.phrases.join((self.name(entity) for entity in entities), either)

    def money(self, amount: Decimal) -> str:
        """Write a sum of dollars."""
        return money(amount, self.language)

    def amount(self, deal: Deal) -> str:
        """Write the headline amount with its qualifier; empty where there is none."""
        return qualified(deal.amount_qualifier, money(deal.amount_usd, self.language), self.language) if deal.amount_usd else ""

    def date(self, deal: Deal) -> str:
        """Write the first public date at its precision."""
        return day(deal.announced, deal.announced_precision, self.language)

    def on(self, date: str, precision: Precision | None = None) -> str:
        """Say when: "on 6 October 2025", "in October 2025"; ২০২৫ সালের ৬ অক্টোবর."""
        exact = precision or date_precision(date)
        if self.language == "bn":
            return bengali.when(date, exact)
        return f"{'on' if exact == 'day' else 'in'} {day(date, exact, 'en')}"

    def status(self, deal: Deal) -> str:
        """Word the status so that nothing unsigned looks signed."""
        return self.phrases.say(f"status.{deal.status}")

    def title(self, deal: Deal) -> str:
        """Return the headline without a full stop."""
        return deal.title(self.language).rstrip(".।")

    def item(self, deal: Deal) -> Sentence:
        """Write a list item: what happened, for how much, when and how far it has come."""
        title = self.title(deal)
        text = self.phrases.say("item", title=title, details=self.details(deal, title))
        return Sentence(text, (self.card(deal, text),), block="item")

    def details(self, deal: Deal, title: str, dated: bool = True) -> str:
        """Write amount, where the headline does not give it, date and status of a deal."""
        parts = [self.amount(deal)] if deal.amount_usd and not self._told(deal, title) else []
        return ", ".join([*parts, self.standing(deal, dated)])

    def standing(self, deal: Deal, dated: bool = True) -> str:
        """Write date and status of a deal."""
        return ", ".join([*([self.date(deal)] if dated else []), self.status(deal)])

    def _told(self, deal: Deal, title: str) -> bool:
        """True when the headline gives the amount, with its qualifier where there is one."""
        stated = any(figure.value == deal.amount_usd and figure.unit in ("USD", "") for figure in figures(title))
        plain = deal.amount_qualifier in (None, Qualifier.EXACT)
        return stated and (plain or qualified(deal.amount_qualifier, "", self.language).strip() in title)

    def card(self, deal: Deal, text: str = "") -> Evidence:
        """Return the lines of the record that prove a list item."""
        return self.quotes.of(deal, self.language, text, CARD)

    def quote(self, deal: Deal, text: str = "", *heads: str) -> Evidence:
        """Return the lines of the record with these fields and every figure of the text."""
        return self.quotes.of(deal, self.language, text, heads)

    def items(self, deals: Iterable[Deal]) -> list[Sentence]:
        """Write one item a deal."""
        return [self.item(deal) for deal in deals]

    def cards(self, deals: Iterable[Deal]) -> tuple[Evidence, ...]:
        """Return the evidence of the items of these deals."""
        return tuple(self.item(deal).evidence[0] for deal in deals)

    def heading(self, key: str, /, **slots: object) -> Sentence:
        """Write a heading of a part of a list."""
        said = self.say(key, **slots)
        return Sentence(said.text, computed=said.computed, block="heading")

    def note(self, key: str, evidence: Iterable[Evidence] = (), /, **slots: object) -> Sentence:
        """Write a remark that stands by itself."""
        said = self.say(key, evidence, **slots)
        return Sentence(said.text, said.evidence, said.computed, block="note")

    def note_with(self, key: str, evidence: Iterable[Evidence], computed: Iterable[Decimal], /, **slots: object) -> Sentence:
        """Write a remark with figures that were computed."""
        said = self.say(key, evidence, computed, **slots)
        return Sentence(said.text, said.evidence, said.computed, block="note")

    def echo(self, text: str) -> Sentence:
        """Write a remark that repeats the question's own words, whose figures therefore need no proof."""
        numbers = tuple(as_number(figure.day) if figure.day else figure.value for figure in figures(text))
        return Sentence(text, computed=numbers, block="note")
