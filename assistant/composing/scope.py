"""The conditions of a question in words: "3 cloud contracts between OpenAI and chipmakers in 2025"."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.bengali import Plural, when
from assistant.citations import as_number, figures
from assistant.composing.desk import Desk
from assistant.schema import Filters, PartyTerm, Range
from index.figures import count as things
from index.figures import day, gigawatts, money, number, percent
from index.labels import label
from index.records import FIRM, DealType, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """Words for the conditions and the numbers in them, which come from the question."""

    text: str
    given: tuple[Decimal, ...]

    def __str__(self) -> str:
        return self.text


def scope(desk: Desk, count: int | None = None) -> Scope:
    """Word the filters as a noun phrase; with a count it leads in English and takes its classifier in Bengali."""
    filters = desk.query.filters
    noun, parties = _noun(desk, filters, count), _parties(desk, filters)
    if desk.language == "bn":
        parts = [
            _period(desk, filters), _about(desk, filters), parties, _ranges(desk, filters), _disclosure(desk, filters),
            _status(desk, filters), noun,
        ]  # fmt: skip
    else:
        parts = [
            noun,
            parties,
            _ranges(desk, filters),
            _disclosure(desk, filters),
            _about(desk, filters),
            _period(desk, filters),
        ]
    text = " ".join(part for part in parts if part)
    return Scope(text, given(text))


def given(text: str) -> tuple[Decimal, ...]:
    """Return the numbers of words that come from the question; dates as their digits."""
    return tuple(as_number(figure.day) if figure.day else figure.value for figure in figures(text))


def _noun(desk: Desk, filters: Filters, count: int | None) -> str:
    key = "deal"
    types: list[DealType] = sorted(filters.types)
    if len(types) == 1:
        key = str(types[0])
    elif _form(filters) and not types:
        key = _form_noun(filters)
    template = desk.phrases.say(f"noun.{key}")
    if desk.language == "bn":
        return template if count is None else f"{number(Decimal(count), 'bn')}টি {template}" if count else f"কোনো {template}"
    one, many = template.split("|")
    status = _status(desk, filters)
    words = f"{status} {one if count == 1 else many}".strip()
    return words if not count else f"{number(Decimal(count), 'en')} {words}"


def _status(desk: Desk, filters: Filters) -> str:
    if not filters.statuses:
        return ""
    if filters.statuses == FIRM:
        return desk.phrases.say("scope.firm")
    return desk.phrases.join([desk.phrases.say(f"adjective.{status}") for status in sorted(filters.statuses)], either=True)


def term_words(desk: Desk, term: PartyTerm) -> str:
    """Name the companies or sectors of one condition."""
    if term.entities:
        return desk.names(sorted(term.entities), either=True)
    if term.words and not (term.sectors or term.countries):
        return f"“{term.words}”"
    say = desk.phrases.say
    words = desk.phrases.join([say(f"sectors.{sector}") for sector in sorted(term.sectors)], either=True)
    if term.countries:
        names = desk.phrases.join([country(desk, code) for code in sorted(term.countries)], either=True)
        words = say("scope.country", country=names, sectors=words or say("scope.companies"))
    return Plural(words) if words else say("scope.anyone")


def country(desk: Desk, code: str) -> str:
    """Name a country; its code where the phrases have no name."""
    key = f"country.{code}"
    return desk.phrases.say(key) if key in desk.phrases else code


_BY = {Role.INVESTOR: "investment", Role.ACQUIRER: "acquisition"}  # roles that read better as "investments by X"


def _form(filters: Filters) -> str:
    """Recognise "X invested", "invested in X" and both, which read better as investments by and in."""
    positive = [term for term in filters.parties if not term.negated]
    roles = [next(iter(term.roles)) for term in positive if len(term.roles) == 1]
    if len(roles) != len(positive):
        return ""
    if sorted(roles) == [Role.INVESTEE, Role.INVESTOR]:
        return "invested_by_in"
    if len(roles) != 1 or (roles[0] is Role.ACQUIRER and filters.types not in (frozenset(), {DealType.ACQUISITION})):
        return ""
    return "invested_in" if roles[0] is Role.INVESTEE else "invested" if roles[0] in _BY else ""


def _form_noun(filters: Filters) -> str:
    """Name what a recognised form is about."""
    roles = {role for term in filters.parties for role in term.roles if not term.negated}
    return "acquisition" if roles == {Role.ACQUIRER} else "investment"


def _parties(desk: Desk, filters: Filters) -> str:
    positive = [term for term in filters.parties if not term.negated]
    said = [_form_words(desk, filters, positive) or _role_words(desk, positive) or _plain_words(desk, positive)]
    if filters.only_parties:
        said.insert(0, desk.phrases.say("scope.only"))
    key = "scope.without" if positive else "scope.without_alone"
    without = [desk.phrases.say(key, a=term_words(desk, term)) for term in filters.parties if term.negated]
    said = [*without, *said] if desk.language == "bn" else [*said, *without]
    return " ".join(part for part in said if part)


def _form_words(desk: Desk, filters: Filters, positive: list[PartyTerm]) -> str:
    form = _form(filters)
    if not form:
        return ""
    ordered = sorted(positive, key=lambda term: Role.INVESTOR not in term.roles)
    a, b = term_words(desk, ordered[0]), term_words(desk, ordered[-1])
    return desk.phrases.say(f"scope.{form}", a=a, b=b)


def _role_words(desk: Desk, positive: list[PartyTerm]) -> str:
    if not any(term.roles for term in positive):
        return ""
    clauses = []
    for place, term in enumerate(sorted((term for term in positive if term.roles), key=lambda term: sorted(term.roles))):
        roles = desk.phrases.join([label(role, desk.language) for role in sorted(term.roles)[:3]], either=True)
        last = desk.language == "bn" and place == len([t for t in positive if t.roles]) - 1
        first = desk.language == "en" and place == 0
        clauses.append(
            desk.phrases.say("scope.role" if last or first else "scope.role_next", a=term_words(desk, term), role=roles)
        )
    others = [term for term in positive if not term.roles]
    rest = _plain_words(desk, others)
    roles_text = desk.phrases.join(clauses)
    return " ".join(part for part in ((rest, roles_text) if desk.language == "bn" else (roles_text, rest)) if part)


def _plain_words(desk: Desk, positive: list[PartyTerm]) -> str:
    if not positive:
        return ""
    ordered = sorted(positive, key=lambda term: not term.entities)  # names first, sectors after them
    if len(ordered) == 1:
        return desk.phrases.say("scope.one", a=term_words(desk, ordered[0]))
    first = ", ".join(term_words(desk, term) for term in ordered[:-1])
    return desk.phrases.say("scope.between", a=first, b=term_words(desk, ordered[-1]))


def _about(desk: Desk, filters: Filters) -> str:
    return desk.phrases.say("scope.about", text=filters.text) if filters.text else ""


def _period(desk: Desk, filters: Filters) -> str:
    since, until = filters.since, filters.until
    if since and until and (whole := _whole_period(since, until)):
        return desk.phrases.say("scope.in_year", period=_period_words(desk, *whole))
    words = {
        name: day(value.isoformat(), "day", desk.language) for name, value in (("since", since), ("until", until)) if value
    }
    key = {2: "from_to", 1: next(iter(words), ""), 0: ""}[len(words)]
    return desk.phrases.say(f"scope.{key}", **words) if key else ""


def _period_words(desk: Desk, text: str, precision: str) -> str:
    if desk.language == "bn":
        return when(text, precision)  # type: ignore[arg-type]
    return day(text, precision, desk.language)  # type: ignore[arg-type]


def _whole_period(since: date, until: date) -> tuple[str, str] | None:
    """Return the year, quarter or month that lies exactly between two days."""
    if since.day != 1 or since.year != until.year or until.day != monthrange(until.year, until.month)[1]:
        return (since.isoformat(), "day") if since == until else None
    if since.month == until.month:
        return f"{since:%Y-%m}", "month"
    if (since.month, until.month) == (1, 12):
        return str(since.year), "year"
    return (f"{since:%Y-%m}", "quarter") if since.month % 3 == 1 and until.month == since.month + 2 else None


def _ranges(desk: Desk, filters: Filters) -> str:
    return " ".join(_range(desk, limits) for limits in filters.ranges)


def _disclosure(desk: Desk, filters: Filters) -> str:
    """Word which figures the records state or do not state."""
    said = [
        desk.phrases.say(f"scope.{key}", field=desk.phrases.join([desk.phrases.say(f"field.{name}") for name in sorted(names)]))
        for key, names in (("stated", filters.stated), ("unstated", filters.unstated))
        if names
    ]
    return " ".join(said)


def _range(desk: Desk, limits: Range) -> str:
    slots = {
        name: measured(desk, limits.measure, value)
        for name, value in (("low", limits.low), ("high", limits.high))
        if value is not None
    }
    if not slots:
        return ""
    if len(slots) == 2:
        bound = "exactly" if limits.low == limits.high else "within"
    else:
        bound = ("over" if limits.strict else "from_low") if "low" in slots else ("under" if limits.strict else "to_high")
    of_measure = f"range.{limits.measure}_{bound}"
    return desk.phrases.say(of_measure if of_measure in desk.phrases else f"range.{bound}", **slots)


def measured(desk: Desk, measure: str, value: Decimal) -> str:
    """Write a value of a measure in its unit."""
    if measure in ("amount", "valuation"):
        return money(value, desk.language)
    if measure == "stake":
        return percent(value, desk.language)
    if measure == "gigawatts":
        return gigawatts(value, desk.language)
    if measure == "shares":
        return things(value, desk.language) + (" শেয়ার" if desk.language == "bn" else " shares")
    if measure == "term":
        return f"{number(value, desk.language)} {'বছর' if desk.language == 'bn' else 'years' if value != 1 else 'year'}"
    return number(value, desk.language)
