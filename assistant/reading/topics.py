"""Words of a question that are no field: projects and places named in records, unknown names, and what found no place."""

import unicodedata
from collections import defaultdict
from dataclasses import replace

from assistant.reading.items import Item
from assistant.reading.lexicon import Lexicon, Mark
from assistant.reading.sentence import Sentence
from assistant.reading.tokens import Token, bare_ending
from assistant.schema import Filters
from assistant.selection import held
from index.ledger import Ledger
from index.text import stem

_COMMON = 0.2  # share of the deals above which a word of the records narrows nothing
_PROJECT_TITLES = 3  # titles that name an entity at least to make it a project as well
_PROJECT_RATIO = 2  # titles per deal of its own from which an entity is asked about as a project


class Topics:
    """The words of the records, and the names that stand for projects in them."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon) -> None:
        self._ledger = ledger
        self._lexicon = lexicon
        self._deals: dict[str, set[str]] = defaultdict(set)
        titles: dict[str, int] = defaultdict(int)
        for deal in ledger.deals:
            for word in held(deal):
                self._deals[word].add(deal.id)
            for word in {stem(part) for part in deal.title_en.casefold().replace(":", " ").split()}:
                titles[word] += 1
        self._projects = {
            entity.id: entity.name_en
            for entity in ledger.entities.values()
            if titles[stem(entity.name_en.casefold())] >= _PROJECT_TITLES
            and titles[stem(entity.name_en.casefold())] > _PROJECT_RATIO * len(ledger.of_party(entity.id))
        }

    def without_projects(self, sentence: Sentence, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Take out names that records use for a project more than as a party (Stargate); they become words to look for."""
        del sentence
        return tuple(item for item in items if not item.term.entities & self._projects.keys())

    def project(self, entity: str) -> bool:
        """True when an entity is asked about as a project."""
        return entity in self._projects

    def spoken(self, countries: frozenset[str]) -> tuple[str, ...]:
        """Return the single words that name these countries in records."""
        found = []
        for words, senses in self._lexicon.phrases("country"):
            if (
                len(words) == 1
                and set(senses["country"]) <= countries
                and stem(words[0]) in self._deals
                and words[0] not in ("us", "america", "american")
            ):
                found.append(words[0])
        return tuple(found)

    def narrowed(
        self, sentence: Sentence, filters: Filters, items: tuple[Item, ...]
    ) -> tuple[Filters, tuple[str, ...], tuple[str, ...]]:
        """Return the filters with topics, the names that no record has, and the words that found no place."""
        words = [self._projects[name.entity].casefold() for name in sentence.names if name.entity in self._projects]
        for mark in sentence.marks:
            words += mark.senses.get("project", ())
            if mark.has("topic"):
                words.append("ipo" if "ipo" in self._deals else "listing")
            if mark.has("type", "warrant") and not filters.types:
                words.append("warrant")
        unknown = [
            sentence.text[sentence.tokens[mark.start].start : sentence.tokens[mark.end - 1].end]
            for mark in sentence.of("known")
        ]
        lost: list[str] = []
        for place, token in enumerate(sentence.tokens):
            if place in sentence.covered or len(token.word) < 2 or (place and sentence.word(place - 1) in ("series", "সিরিজ")):
                continue
            kind = self._kind(sentence, place, token, filters)
            if kind == "topic":
                words.append(self._indexed(token))
            elif kind == "name":
                unknown.append(token.raw)
            elif kind == "lost":
                lost.append(token.raw)
        series = rounds_named(sentence)
        if len(series) == 1:
            words += ["series", *series]
            lost = [word for word in lost if word.casefold() not in ("series", "সিরিজ")]
            unknown = [name for name in unknown if name.casefold() not in series]
        words = [word for word in dict.fromkeys(words) if stem(word) in self._deals]
        del items
        return (
            replace(filters, text=" ".join(words)),
            tuple(dict.fromkeys(_merged(sentence, unknown))),
            tuple(dict.fromkeys(lost)),
        )

    def _indexed(self, token: Token) -> str:
        return next((form.word for form in token.forms if stem(form.word) in self._deals and not form.loose), token.word)

    def _found(self, token: Token) -> set[str]:
        for form in token.forms:
            if not form.loose and stem(form.word) in self._deals:
                return self._deals[stem(form.word)]
        return set()

    def _kind(self, sentence: Sentence, place: int, token: Token, filters: Filters) -> str:
        """Say what an uncovered token is: a topic of the records, a name they lack, a lost word, or nothing."""
        deals = self._found(token)
        if bare_ending(token) is not None or _verbal(sentence, token):
            return ""
        common = self._common(token)
        capital = token.capital and place > 0
        about = (
            place > 0
            and (mark := sentence.mark_at(place - 1)) is not None
            and mark.has("case", "about", "in", "involving", "with")
        )
        after = sentence.mark_at(place + 1)
        before = sentence.mark_at(place - 1) if place else None
        about = about or bool(after and after.has("case", "about"))
        if deals and len(deals) <= _COMMON * len(self._ledger) and (not common or capital or about):
            return "topic"
        if common and not capital:
            return "lost" if len(token.word) > 3 and not deals else ""
        if token.number:
            return ""
        slot = (
            bool(after and after.has("case"))
            or bool(before and before.has("case"))
            or token.bengali
            or len(sentence.tokens) <= 4
        )
        return "name" if capital or (not common and slot) else "lost"

    def _common(self, token: Token) -> bool:
        words = self._lexicon.common_bengali if token.bengali else self._lexicon.common_english
        return any(form.word in words for form in token.forms if not form.loose)


_LETTERS = {
    unicodedata.normalize("NFC", name): letter
    for letter, names in {"a": "এ", "b": "বি", "c": "সি", "d": "ডি", "e": "ই", "f": "এফ", "g": "জি", "h": "এইচ"}.items()
    for name in names.split()
}


def rounds_named(sentence: Sentence) -> list[str]:
    """Return the letters of the funding rounds that a question names ("Series F, G and H", "সিরিজ জি")."""
    found: list[str] = []
    for place, token in enumerate(sentence.tokens):
        if token.word not in ("series", "সিরিজ"):
            continue
        for following in sentence.tokens[place + 1 : place + 7]:
            letter = _LETTERS.get(following.word, following.word)
            if len(letter) == 1 and letter in "abcdefghij":
                found.append(letter)
            elif following.word not in ("and", "ও", "এবং", "ar", "series", "সিরিজ", "আর"):
                break
    return list(dict.fromkeys(found))


_VERBAL = ("েছে", "েছি", "েছিল", "চ্ছে", "ছিল", "েছেন", "বেন", "লেন", "লো", "য়েছে")
_VERBAL_LATIN = ("eche", "echhe", "tese", "tase", "silo", "chilo", "chhilo", "cche", "chche", "echilo", "llo", "rlo", "nlo")


def _verbal(sentence: Sentence, token: Token) -> bool:
    """True for a Bengali or Banglish verb form, which is no name."""
    if token.bengali:
        return token.word.endswith(_VERBAL)
    return sentence.sounds and not token.capital and token.word.endswith(_VERBAL_LATIN)


def _merged(sentence: Sentence, names: list[str]) -> list[str]:
    """Join unknown words that stand side by side into one name."""
    merged: list[str] = []
    for name in names:
        if merged and f"{merged[-1]} {name}" in sentence.text:
            merged[-1] = f"{merged[-1]} {name}"
        else:
            merged.append(name)
    return merged


def first_of(marks: tuple[Mark, ...]) -> Mark | None:
    """Return the first mark, None of none."""
    return marks[0] if marks else None
