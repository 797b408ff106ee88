"""Puts a random query into words as people type them, in English, Bengali or Banglish: the way back of understanding."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml

from assistant.bengali import inflect
from assistant.schema import Filters, Intent, PartyTerm, Query, Range
from assistant.words import read
from index.figures import MONTHS_BN, MONTHS_EN
from index.ledger import Ledger
from index.records import DealType, Status
from index.text import bengali_digits
from tests.assistant.random_queries import SIGNED, VERBS, Task, next_day

Script = Literal["english", "bengali", "banglish"]
SCRIPTS: tuple[Script, ...] = ("english", "bengali", "banglish")
_FOLDER = Path(__file__).parent / "wordings"
# Names of a part of a company, which narrow its deals: "Google Cloud" is not Google.
_NARROWING = frozenset(str(form).casefold() for forms in read("products.yaml")["_narrowing"].values() for form in forms) | {
    "oracle cloud", "oracle cloud infrastructure", "oci", "amazon web services", "গুগল ক্লাউড", "মাইক্রোসফট অ্যাজিউর",
    "অ্যামাজন ওয়েব সার্ভিসেস", "এডব্লিওএস",
}  # fmt: skip
_ORDINALS = {
    "english": ("first", "second", "third", "fourth"),
    "bengali": ("প্রথম", "দ্বিতীয়", "তৃতীয়", "চতুর্থ"),
    "banglish": ("prothom", "ditiyo", "tritiyo", "choturtho"),
}
_BANGLISH_MONTHS = dict(
    zip(MONTHS_EN, "january february march april may june july august september october november december".split(), strict=True)
)
_SPELLED_MONTHS = {"january": "januari", "february": "februari", "august": "agost", "october": "oktobor", "november": "november"}
# Nouns that say who did it: "X's acquisitions" are those in which X acquires. Only neutral wordings leave the role open.
_ROLE_NOUNS = frozenset({DealType.ACQUISITION, DealType.BACKSTOP, DealType.EQUITY_INVESTMENT, DealType.ACQUIHIRE_LICENSE})
_PERSONS = ("নির্মাতা", "প্রস্তুতকারক", "সেবাদাতা", "পরিচালক")


@cache
def wording(script: Script) -> dict[str, Any]:
    """Return how people ask in a script."""
    return dict(yaml.safe_load((_FOLDER / f"{script}.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Inflected:
    """Words with a case, for templates: ``{a:gen}``; ``one`` and ``pl`` are the singular and the plural."""

    plain: str
    script: Script
    random: Random
    one: str = ""
    plural: bool = False  # a sector that stands for many

    def __format__(self, case: str) -> str:
        if self.script == "english":
            return self._english(case)
        return _bengali(self.plain, case, self.random, self.plural) if self.script == "bengali" else self._banglish(case)

    def _english(self, case: str) -> str:
        if case == "one":
            return self.one or self.plain
        if case == "gen":
            return self.plain + ("'" if self.plain.endswith("s") else "'s")
        return self.plain

    def _banglish(self, case: str) -> str:
        plain, pick = self.plain, self.random.choice
        vowel = plain[-1].casefold() in "aeiou"
        if len(plain.split()[-1]) < 3 and case in ("gen", "acc", "loc"):  # "Open AI" and "r" would be "Open AIr"
            return plain + {"gen": " er", "acc": " ke", "loc": " te"}[case]
        if self.plural and case in ("gen", "acc"):
            return plain + pick((" der", "der", " gulor" if case == "gen" else " gulo ke"))
        forms: dict[str, tuple[str, ...]] = {
            "gen": (" er", " r", "r", "-er", " er") if vowel else (" er", " er", "-er", "er"),
            "acc": (" ke", "-ke", "ke"),
            "loc": (" te", " e", "-te", "te") if vowel else (" e", " e", "-e", " te"),
            "pl": (" gulo", "gulo", " guli"),
            "plgen": (" gulor", "gulor", " gulo r"),
            "cl": (" ta", "ta", " ti"),
            "from": ("",),
        }
        return plain + pick(forms.get(case, ("",)))


def _bengali(plain: str, case: str, random: Random, plural: bool) -> str:
    if plural and case in ("gen", "acc"):
        return f"{plain}দের" if plain.endswith(_PERSONS) else plain + ("গুলোর" if case == "gen" else "গুলোকে")
    if case == "gen":
        return _apart(plain, inflect(plain, "genitive"), ("-এর", " এর"), random)
    if case == "acc":
        return _apart(plain, inflect(plain, "objective"), ("-কে", " কে"), random)
    if case == "loc":
        forms = [inflect(plain, "locative")]
        if plain.endswith(("ই", "উ")):
            forms.append(plain + "তে")
        return _apart(plain, random.choice(forms), ("-এ", " এ") if forms[0].endswith("ে") else ("-তে", " তে"), random)
    classifiers = {"pl": ("গুলো", "গুলি"), "plgen": ("গুলোর", "গুলির"), "cl": ("টি", "টা")}
    return plain + random.choice(classifiers[case]) if case in classifiers else plain


def _apart(plain: str, joined: str, endings: tuple[str, ...], random: Random) -> str:
    """Return the joined form, or now and then the ending apart, as people write it after a name."""
    return plain + random.choice(endings) if random.random() < 0.12 and " " not in plain else joined


class Renderer:
    """Renders queries in one script with one source of chance."""

    def __init__(self, ledger: Ledger, script: Script, random: Random, today: date) -> None:
        self.ledger = ledger
        self.script: Script = script
        self.random = random
        self.today = today
        self.words = wording(script)

    def render(self, task: Task) -> str:
        """Return the question in words."""
        return _polished(self._clause(task) if task.verb else self._question(task), self.script, self.random)

    def _pick(self, choices: Any) -> str:  # a list of wordings
        return str(self.random.choice(choices))

    def _inflected(self, plain: str, one: str = "", plural: bool = False) -> Inflected:
        return Inflected(plain, self.script, self.random, one, plural)

    # Whole questions

    def _question(self, task: Task) -> str:
        query, asks = task.query, self.words["asks"]
        slots: dict[str, Any] = {}
        if query.intent in (Intent.PATH, Intent.PROFILE, Intent.CIRCULAR):
            slots = dict(zip("ab", map(self._company, query.subject), strict=False))
            key = "circular_one" if query.intent == Intent.CIRCULAR and query.subject else str(query.intent)
            return self._pick(asks[key]).format(**slots)
        if query.intent == Intent.COMPARE:
            one, two = (self._party(side) for side in query.compared)
            condition = self._conditions(query.filters, front=True)
            wordings = [words for words in asks["compare"] if "{h" in words or not query.filters.types]
            return self._pick(wordings).format(a=one, b=two, h=self._noun(query.filters), x=" ".join(condition))
        if task.ask == "status":
            status = "signed" if query.filters.statuses == SIGNED else str(next(iter(query.filters.statuses)))
            bare = Filters(parties=query.filters.parties, types=query.filters.types, since=query.filters.since, until=query.filters.until)
            return self._pick(asks["status"][status]).format(np=self._deals(bare))
        positive = [term for term in query.filters.parties if not term.negated]
        shape = {1: "one", 2: "two"}.get(len(positive), "")
        split = f"{query.intent}_{shape}"
        plain = not query.filters.types & _ROLE_NOUNS and all(len(term.entities) < 2 for term in positive)
        if split in asks and plain and self.random.random() < 0.4 and not query.filters.only_parties and not self._status_key(query):
            a, b = (*map(self._party, positive), "")[:2]
            x = " ".join(self._conditions(query.filters, front=True))
            return self._pick(asks[split]).format(a=a, b=b, h=self._noun(query.filters), x=x)
        key = self._pick(asks["keys"][query.group_by]) if query.group_by else ""
        return self._pick(asks[_ask(query)]).format(np=self._deals(query.filters), n=self._digits(query.limit or ""), k=key)

    def _clause(self, task: Task) -> str:
        """Say who does what to whom."""
        acting, _ = VERBS[task.verb]
        slots: dict[str, Any] = {"s": "", "o": ""}
        for term in task.query.filters.parties:
            if not term.negated:
                slots["s" if term.roles == acting else "o"] = self._party(term, plural=self.script == "english")
        condition = " ".join(self._conditions(task.query.filters, front=True))
        clauses = self.words["clauses"][task.verb]
        return self._pick(clauses[task.ask]).format(**slots, x=condition)

    def can(self, task: Task) -> bool:
        """True when the script has words for the task."""
        statuses = self.words["asks"]["status"]
        if task.ask == "status":
            asked = task.query.filters.statuses
            return asked == SIGNED or str(next(iter(asked))) in statuses
        return not task.verb or task.ask in self.words["clauses"][task.verb]

    # The deals

    def _deals(self, filters: Filters) -> Inflected:
        """Return the noun phrase for deals with all conditions."""
        noun = self._noun(filters)
        status = self._status_key(filters)
        before = self.words["status_before"].get(status, []) if status else []
        after = self.words["status_after"].get(status, []) if status else []
        adjective = self._pick(before) if before and (not after or self.random.random() < 0.5) else ""
        if self.script != "english":
            return self._deals_bengali(filters, noun, adjective)
        forms = []
        core, conditions = self._core(filters), self._conditions(filters)
        if status and not adjective:
            conditions.insert(0, self._pick(after))
        for head in (noun.plain, noun.one):
            forms.append(" ".join((core.replace("<h>", f"{adjective} {head}".strip()), *conditions)))
        return self._inflected(forms[0], one=forms[1])

    def _deals_bengali(self, filters: Filters, noun: Inflected, adjective: str) -> Inflected:
        core = self._core(filters)
        conditions = self._conditions(filters)
        described = " ".join(part for part in (adjective, noun.plain) if part)
        if core.startswith("<h>"):
            return self._inflected(" ".join((*conditions, described)))
        place = self.random.random() < 0.3 and len(conditions) == 1
        if place:  # "X-er 2025 saler deal": the condition stands between the company and the noun
            return self._inflected(core.replace("<h>", f"{conditions[0]} {described}"))
        return self._inflected(" ".join((*conditions, core.replace("<h>", described))))

    def _core(self, filters: Filters) -> str:
        """Return the noun with the parties that no verb gives a role; ``<h>`` stands for the noun."""
        positive = [term for term in filters.parties if not term.negated]
        if not positive:
            return "<h>"
        if filters.only_parties:
            named = [self._party(term) for term in positive]
            only = self._pick(self.words["only"]).format(a=named[0], b=named[1])
            return f"<h> {only}" if self.script == "english" else f"{only} <h>"
        parties = self.words["neutral" if filters.types & _ROLE_NOUNS else "parties"]
        plain = all(len(term.entities) == 1 for term in positive)
        named = [self._party(term) for term in positive]
        if len(positive) == 1:
            return self._pick(parties["one" if plain else "group"]).format(a=named[0], h="<h>")
        either = any(len(term.entities) > 1 for term in positive)
        wordings = [words for words in parties["two" if plain else "open"] if not (either and "{a} " in words and "{b" in words)]
        return self._pick(wordings or parties["open"]).format(a=named[0], b=named[1], h="<h>")

    def _noun(self, filters: Filters) -> Inflected:
        kind = str(next(iter(filters.types))) if filters.types else "any"
        one, _, many = self._pick(self.words["nouns"][kind]).partition("/")
        return self._inflected(many or one, one=one)

    def _status_key(self, filters: Filters | Query) -> str:
        asked = filters.filters.statuses if isinstance(filters, Query) else filters.statuses
        if asked == SIGNED:
            return "signed"
        return "+".join(str(status) for status in Status if status in asked and status != Status.LETTER_OF_INTENT or asked == {status})

    # Conditions

    def _conditions(self, filters: Filters, front: bool = False) -> list[str]:
        """Return the conditions on date, size and other parties, in a random order."""
        found = [self._bound(limits) for limits in filters.ranges]
        found += [self._pick(self.words["without"]).format(a=self._party(term)) for term in filters.parties if term.negated]
        if filters.since or filters.until:
            found.append(self._period(filters.since, filters.until, front))
        self.random.shuffle(found)
        return found

    def _bound(self, limits: Range) -> str:
        kind = {(True, False): "more" if limits.strict else "least", (False, True): "less" if limits.strict else "most"}.get(
            (limits.low is not None, limits.high is not None), "between"
        )
        measured = self._pick(self.words["measures"][limits.measure])
        form = {"stake": "bare", "valuation": "bare"}.get(limits.measure, "ranges")
        if measured.startswith("valued"):
            form = "valued"
        first = self._figure(limits.low if limits.low is not None else limits.high, limits.measure)
        second = self._figure(limits.high, limits.measure) if limits.low is not None and limits.high is not None else ""
        bounds = self._pick(self.words[form][kind]).format(r=first, t=second)
        return measured.format(r=bounds)

    def _figure(self, value: Decimal | None, measure: str) -> Inflected:
        plain = format((value or Decimal(0)).normalize(), "f")
        if measure == "gigawatts":
            unit = {"english": ("GW", "gigawatts", "gigawatts of power"), "bengali": ("গিগাওয়াট",), "banglish": ("gigawatt", "GW")}
            text = f"{plain} {self._pick(unit[self.script])}"
        elif measure == "stake":
            unit = {"english": (" percent", "%"), "bengali": (" শতাংশ", "%"), "banglish": (" percent", "%", " shotangsho")}
            text = f"{plain}{self._pick(unit[self.script])}"
        else:
            text = self._money(value or Decimal(0))
        return self._inflected(self._digits(text))

    def _money(self, value: Decimal) -> str:
        scale, unit, short = (10**9, "billion", "bn") if value >= 10**9 else (10**6, "million", "m")
        number, crores = format((value / scale).normalize(), "f"), format((value / 10**7).normalize(), "f")
        if self.script == "english":
            forms = [f"${number} {unit}", f"${number}{short}", f"{number} {unit} dollars", f"${number}{short[0].upper()}"]
        elif self.script == "bengali":
            forms = [f"{number} {'বিলিয়ন' if unit == 'billion' else 'মিলিয়ন'} ডলার", f"{crores} কোটি ডলার"]
        else:
            forms = [f"{number} {unit} dollar", f"{crores} koti dollar", f"${number}{short}", f"{number}{short} dollar"]
        return self._pick(forms)

    def _period(self, since: date | None, until: date | None, front: bool) -> str:
        words = self.words
        if since and until:
            return self._closed_period(since, until, front)
        if since:
            if self.random.random() < 0.3 and (since.day, since.month) == (1, 1):
                return self._pick(words["after"]).format(d=self._day(date(since.year - 1, 12, 31), whole_year=True))
            return self._pick(words["since"]).format(d=self._day(since, whole_year=since.month == 1 and self.random.random() < 0.7))
        assert until
        following = next_day(until)
        if self.random.random() < 0.5:
            return self._pick(words["before"]).format(d=self._day(following, whole_year=following.month == 1))
        return self._pick(words["until"]).format(d=self._day(until, whole_year=until.month == 12))

    def _closed_period(self, since: date, until: date, front: bool) -> str:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        kind = {1: "month", 3: "quarter" if since.month % 3 == 1 else "between", 12: "year"}.get(months, "between")
        if kind == "year" and since.month != 1:
            kind = "between"
        if kind == "between":
            whole = since.month == 1 and until.month == 12
            return self._pick(self.words[kind]).format(d=self._day(since, whole), e=self._day(until, whole))
        if kind == "year" and self.random.random() < 0.3 and since.year in (self.today.year, self.today.year - 1):
            kind = "this_year" if since.year == self.today.year else "last_year"
        forms = self.words.get(f"{kind}_front") if front else None
        year = self._digits(since.year)
        quarter = (since.month + 2) // 3
        return self._pick(forms or self.words[kind]).format(
            y=year, m=self._month(since.month), q=quarter, qth=_ORDINALS[self.script][quarter - 1]
        )

    def _day(self, day: date, whole_year: bool) -> Inflected:
        """Return a year or a month with its year, as "since" and "until" name them."""
        year = self._digits(day.year)
        if whole_year:
            return self._inflected(f"{year} সাল" if self.script == "bengali" else year)
        month = self._month(day.month).plain
        if self.script == "english":
            return self._inflected(f"{month} {year}")
        linked = {"bengali": f"{year} সালের {month}", "banglish": self._pick((f"{month} {year}", f"{year} er {month}"))}
        return self._inflected(linked[self.script])

    def _month(self, number: int) -> Inflected:
        if self.script == "bengali":
            return self._inflected(MONTHS_BN[number - 1])
        if self.script == "english":
            name = MONTHS_EN[number - 1]
            return self._inflected(self._pick((name, name, name[:3])))
        name = _BANGLISH_MONTHS[MONTHS_EN[number - 1]]
        return self._inflected(self._pick((name, name.title(), _SPELLED_MONTHS.get(name, name))))

    # Parties

    def _party(self, term: PartyTerm, plural: bool = True) -> Inflected:
        if term.sectors:
            (sector,) = term.sectors
            forms = self.words["sectors"].get(str(sector)) or [str(sector)]
            return self._inflected(self._pick(forms), plural=plural)
        names = [self._company(name) for name in sorted(term.entities)]
        if len(names) == 1:
            return names[0]
        return self._inflected(self._pick(self.words["either"]).format(a=names[0], b=names[1]))

    def _company(self, name: str) -> Inflected:
        entity = self.ledger.entity(name)
        if self.script == "bengali":
            forms = [entity.name_bn] * 4 + list(entity.aliases_bn)
            if self.random.random() < 0.12:
                forms = [entity.name_en]
        else:
            forms = [entity.name_en] * 4 + list(entity.aliases_en)
        forms = [form for form in forms if form.casefold() not in _NARROWING] or [entity.name_en]
        text = self._pick(forms)
        return self._inflected(text.lower() if self.script == "banglish" and self.random.random() < 0.6 and len(text) > 4 else text)

    def _digits(self, value: object) -> str:
        return bengali_digits(str(value)) if self.script == "bengali" and self.random.random() < 0.75 else str(value)


def sectors_of(script: Script) -> frozenset[str]:
    """Return the sectors that a script has words for."""
    return frozenset(wording(script)["sectors"])


def _ask(query: Query) -> str:
    """Return the name of the wordings for what a query asks."""
    if query.intent == Intent.LOOKUP:
        return f"lookup_{query.measure}"
    if query.intent == Intent.SUM:
        return "average" if query.aggregate == "average" else "sum_gigawatts" if query.measure == "gigawatts" else "sum"
    if query.intent == Intent.RANK:
        return f"{'rank' if query.limit == 1 else 'top'}_{query.measure}_{'desc' if query.descending else 'asc'}"
    if query.intent == Intent.GROUP:
        return "group_amount" if query.measure == "amount" else "group"
    return str(query.intent)


def _polished(text: str, script: Script, random: Random) -> str:
    """Take out double spaces; now and then drop the question mark, or type all in lower case."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([?,])", r"\1", text)
    if random.random() < 0.3:
        text = text.rstrip("?")
    if script == "bengali":
        return text.replace("?", "।") if random.random() < 0.05 else text
    if script == "english" and random.random() < 0.25:
        return text.lower()
    return text if script == "banglish" else text[:1].upper() + text[1:]
