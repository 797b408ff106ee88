"""Generated deals and questions about them in Bengali, English and (by the romaniser) Banglish.

Names, sums and dates are drawn at random, most names invented, so that the model learns the wording of deals and not a
list of records.
"""

import random
from dataclasses import dataclass

from index.training.data import Pair
from index.training.deal_words import COMMON_QUESTIONS, ENDINGS, KINDS, MONTHS, NAMES, STATUSES, SYLLABLES, Kind

_INVENTED = 3000
_REAL = 0.4  # how often a name is that of a real company
_TO_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
TYPED = "deals_typed"  # the source of pairs whose left side is still to be romanised

Words = tuple[str, str]  # English, Bengali


@dataclass(frozen=True, slots=True)
class DealPairs:
    """Question and record pairs; of the typed ones the question is Bengali and is to be romanised when it is used."""

    written: tuple[Pair, ...]
    typed: tuple[Pair, ...]


def deal_pairs(count: int, seed: int) -> DealPairs:
    """Return ``count`` pairs, a third for each script of the question; the record is in either language."""
    chooser = random.Random(seed)
    names = [invented_name(chooser) for _ in range(_INVENTED)]
    real = real_names()
    written, typed = [], []
    for number in range(count):
        first, second = (chooser.choice(real if chooser.random() < _REAL else names) for _ in range(2))
        questions, records = deal(chooser.choice(KINDS), first, second, chooser)
        record = records[chooser.random() < 0.5]
        if number % 3 == 2:
            typed.append(Pair(questions[1], record, TYPED))
        else:
            written.append(Pair(questions[number % 3], record, "deals"))
    return DealPairs(tuple(written), tuple(typed))


def real_names() -> list[Words]:
    """Return real companies' names in both scripts."""
    return [(english, bengali) for english, bengali in (entry.split("=") for entry in NAMES.split())]


def deal(kind: Kind, first: Words, second: Words, chooser: random.Random) -> tuple[Words, Words]:
    """Return (question, record), each in both languages, about one invented deal of the two parties."""
    month, year = chooser.choice(list(MONTHS)), chooser.randint(2019, 2027)
    figures = {
        "sum": money(chooser),
        "date": (f"{month} {year}", f"{year} সালের ".translate(_TO_BENGALI) + MONTHS[month]),
        "power": _counted(chooser.choice((1, 2, 3, 5, 6, 10, 16)), ("GW", "গিগাওয়াট")),
        "stake": _counted(chooser.randint(1, 60), ("%", "%")),
        "years": _counted(chooser.randint(2, 15), ("years", "বছর")),
        "label": kind.label,
    }
    question = chooser.choice(kind.questions + (COMMON_QUESTIONS if chooser.random() < 0.4 else ()))
    title = chooser.choice(kind.records)
    status = chooser.choice(STATUSES)
    asked = (_fill(question, 0, first, second, figures), _fill(question, 1, first, second, figures))
    lines = []
    for side, (terms, date, state, parties) in enumerate(
        (("Amount", "Announced", "Status", "Parties"), ("অঙ্ক", "ঘোষণা", "অবস্থা", "পক্ষ"))
    ):
        roles = ", ".join(f"{name[side]} ({role[side]})" for name, role in zip((first, second), kind.roles, strict=True))
        parts = [_fill(title, side, first, second, figures), _fill(chooser.choice(kind.records), side, first, second, figures)]
        parts += [
            f"{terms}: {figures['sum'][side]}",
            f"{parties}: {roles}",
            f"{date}: {figures['date'][side]}",
            f"{state}: {status[side]}",
        ]
        keep = chooser.randint(1, len(parts))
        lines.append("\n".join(parts[:keep]))
    return asked, (lines[0], lines[1])


def invented_name(chooser: random.Random) -> Words:
    """Return a name that no company has, as far as two or three random syllables go, in both scripts."""
    syllables = chooser.choices(list(SYLLABLES), k=chooser.choice((2, 2, 3)))
    english, bengali = chooser.choice(ENDINGS)
    name = "".join(syllables).capitalize(), "".join(SYLLABLES[part] for part in syllables)
    return f"{name[0]} {english}".strip(), f"{name[1]} {bengali}".strip()


def money(chooser: random.Random) -> Words:
    """Return a sum of dollars in words: ``$3.5 billion``, ``৩.৫ বিলিয়ন ডলার``."""
    number = chooser.choice((chooser.randint(1, 9), chooser.randint(10, 900), round(chooser.uniform(1, 90), 1)))
    unit = chooser.choice((("billion", "বিলিয়ন"), ("billion", "বিলিয়ন"), ("million", "মিলিয়ন")))
    english = chooser.choice((f"${number} {unit[0]}", f"{number} {unit[0]} dollars", f"${number}{unit[0][0].upper()}"))
    return english, f"{number} {unit[1]} ডলার".translate(_TO_BENGALI)


def genitive(name: str) -> str:
    """Return the Bengali name with -এর, as its last sign asks: গুগলের, মেটার, ওপেনএআইয়ের."""
    if name[-1] in "ািীুূেোৌ":
        return name + "র"
    return name + ("য়ের" if name[-1] in "ইঈউঊএঐওঔ" else "ের")


def _fill(template: Words, side: int, first: Words, second: Words, figures: dict[str, Words]) -> str:
    values = {key: value[side] for key, value in figures.items()} | {"a": first[side], "b": second[side]}
    if side:
        for key, name in (("a", first[1]), ("b", second[1])):
            locative = genitive(name)[: -len("র")] if name[-1] not in "ািীুূেোৌ" else name + "তে"
            values |= {f"{key}_r": genitive(name), f"{key}_te": locative, f"{key}_ke": name + "কে"}
    return template[side].format(**values)


def _counted(number: int, unit: Words) -> Words:
    gap = "" if unit[0] == "%" else " "
    return f"{number}{gap}{unit[0]}", f"{number}{gap}{unit[1]}".translate(_TO_BENGALI)
