"""Names, figures, dates and conditions in the words of a script, with case endings, as people type them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml

from assistant.bengali import inflect
from assistant.schema import Filters, PartyTerm, Range
from assistant.words import read
from index.figures import MONTHS_BN, MONTHS_EN
from index.ledger import Ledger
from index.text import bengali_digits
from tests.assistant.random_filters import next_day

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
_SPELLED_MONTHS = {
    "january": "januari",
    "february": "februari",
    "august": "agost",
    "october": "oktobor",
    "november": "november",
}
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


class Speaker:
    """Says parties, figures and periods in one script with one source of chance."""

    def __init__(self, ledger: Ledger, script: Script, random: Random, today: date) -> None:
        self.ledger = ledger
        self.script: Script = script
        self.random = random
        self.today = today
        self.words = wording(script)

    def pick(self, choices: Any) -> str:  # a list of wordings
        """Return one of several wordings."""
        return str(self.random.choice(choices))

    def inflected(self, plain: str, one: str = "", plural: bool = False) -> Inflected:
        """Return words that take a case in this script."""
        return Inflected(plain, self.script, self.random, one, plural)

    # Conditions

    def conditions(self, filters: Filters, front: bool = False) -> list[str]:
        """Return the conditions on date, size and other parties, in a random order."""
        found = [self._bound(limits) for limits in filters.ranges]
        found += [self.pick(self.words["without"]).format(a=self.party(term)) for term in filters.parties if term.negated]
        if filters.since or filters.until:
            found.append(self._period(filters.since, filters.until, front))
        self.random.shuffle(found)
        return found

    def _bound(self, limits: Range) -> str:
        kind = {(True, False): "more" if limits.strict else "least", (False, True): "less" if limits.strict else "most"}.get(
            (limits.low is not None, limits.high is not None), "between"
        )
        measured = self.pick(self.words["measures"][limits.measure])
        form = {"stake": "bare", "valuation": "bare"}.get(limits.measure, "ranges")
        if measured.startswith("valued"):
            form = "valued"
        first = self._figure(limits.low if limits.low is not None else limits.high, limits.measure)
        second = self._figure(limits.high, limits.measure) if limits.low is not None and limits.high is not None else ""
        bounds = self.pick(self.words[form][kind]).format(r=first, t=second)
        return measured.format(r=bounds)

    def _figure(self, value: Decimal | None, measure: str) -> Inflected:
        plain = format((value or Decimal(0)).normalize(), "f")
        if measure == "gigawatts":
            unit = {
                "english": ("GW", "gigawatts", "gigawatts of power"),
                "bengali": ("গিগাওয়াট",),
                "banglish": ("gigawatt", "GW"),
            }
            text = f"{plain} {self.pick(unit[self.script])}"
        elif measure == "stake":
            unit = {"english": (" percent", "%"), "bengali": (" শতাংশ", "%"), "banglish": (" percent", "%", " shotangsho")}
            text = f"{plain}{self.pick(unit[self.script])}"
        else:
            text = self._money(value or Decimal(0))
        return self.inflected(self.digits(text))

    def _money(self, value: Decimal) -> str:
        scale, unit, short = (10**9, "billion", "bn") if value >= 10**9 else (10**6, "million", "m")
        number, crores = format((value / scale).normalize(), "f"), format((value / 10**7).normalize(), "f")
        if self.script == "english":
            forms = [f"${number} {unit}", f"${number}{short}", f"{number} {unit} dollars", f"${number}{short[0].upper()}"]
        elif self.script == "bengali":
            forms = [f"{number} {'বিলিয়ন' if unit == 'billion' else 'মিলিয়ন'} ডলার", f"{crores} কোটি ডলার"]
        else:
            forms = [f"{number} {unit} dollar", f"{crores} koti dollar", f"${number}{short}", f"{number}{short} dollar"]
        return self.pick(forms)

    def _period(self, since: date | None, until: date | None, front: bool) -> str:
        words = self.words
        if since and until:
            return self._closed_period(since, until, front)
        if since:
            if self.random.random() < 0.3 and (since.day, since.month) == (1, 1):
                return self.pick(words["after"]).format(d=self._day(date(since.year - 1, 12, 31), whole_year=True))
            return self.pick(words["since"]).format(
                d=self._day(since, whole_year=since.month == 1 and self.random.random() < 0.7)
            )
        assert until
        following = next_day(until)
        if self.random.random() < 0.5:
            return self.pick(words["before"]).format(d=self._day(following, whole_year=following.month == 1))
        return self.pick(words["until"]).format(d=self._day(until, whole_year=until.month == 12))

    def _closed_period(self, since: date, until: date, front: bool) -> str:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        kind = {1: "month", 3: "quarter" if since.month % 3 == 1 else "between", 12: "year"}.get(months, "between")
        if kind == "year" and since.month != 1:
            kind = "between"
        if kind == "between":
            whole = since.month == 1 and until.month == 12
            return self.pick(self.words[kind]).format(d=self._day(since, whole), e=self._day(until, whole))
        if kind == "year" and self.random.random() < 0.3 and since.year in (self.today.year, self.today.year - 1):
            kind = "this_year" if since.year == self.today.year else "last_year"
        forms = self.words.get(f"{kind}_front") if front else None
        year = self.digits(since.year)
        quarter = (since.month + 2) // 3
        return self.pick(forms or self.words[kind]).format(
            y=year, m=self._month(since.month), q=quarter, qth=_ORDINALS[self.script][quarter - 1]
        )

    def _day(self, day: date, whole_year: bool) -> Inflected:
        """Return a year or a month with its year, as "since" and "until" name them."""
        year = self.digits(day.year)
        if whole_year:
            return self.inflected(f"{year} সাল" if self.script == "bengali" else year)
        month = self._month(day.month).plain
        if self.script == "english":
            return self.inflected(f"{month} {year}")
        linked = {"bengali": f"{year} সালের {month}", "banglish": self.pick((f"{month} {year}", f"{year} er {month}"))}
        return self.inflected(linked[self.script])

    def _month(self, number: int) -> Inflected:
        if self.script == "bengali":
            return self.inflected(MONTHS_BN[number - 1])
        if self.script == "english":
            name = MONTHS_EN[number - 1]
            return self.inflected(self.pick((name, name, name[:3])))
        name = _BANGLISH_MONTHS[MONTHS_EN[number - 1]]
        return self.inflected(self.pick((name, name.title(), _SPELLED_MONTHS.get(name, name))))

    # Parties

    def party(self, term: PartyTerm, plural: bool = True) -> Inflected:
        """Return a condition on a party: a name, a kind of company, or one of two names."""
        if term.sectors:
            (sector,) = term.sectors
            forms = self.words["sectors"].get(str(sector)) or [str(sector)]
            return self.inflected(self.pick(forms), plural=plural)
        names = [self.company(name) for name in sorted(term.entities)]
        if len(names) == 1:
            return names[0]
        return self.inflected(self.pick(self.words["either"]).format(a=names[0], b=names[1]))

    def company(self, name: str) -> Inflected:
        """Return one of the names of an organisation."""
        entity = self.ledger.entity(name)
        if self.script == "bengali":
            forms = [entity.name_bn] * 4 + list(entity.aliases_bn)
            if self.random.random() < 0.12:
                forms = [entity.name_en]
        else:
            forms = [entity.name_en] * 4 + list(entity.aliases_en)
        forms = [form for form in forms if form.casefold() not in _NARROWING] or [entity.name_en]
        text = self.pick(forms)
        return self.inflected(
            text.lower() if self.script == "banglish" and self.random.random() < 0.6 and len(text) > 4 else text
        )

    def digits(self, value: object) -> str:
        """Return a number in the digits of the script, mostly."""
        return bengali_digits(str(value)) if self.script == "bengali" and self.random.random() < 0.75 else str(value)
