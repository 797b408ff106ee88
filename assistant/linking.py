"""Which organisations a question names: exact aliases first, then spellings by sound and by edit distance."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.alikes import SHORT_NAME, UNLIKE, Alikes, How
from assistant.banglish import Speller
from assistant.everyday import everyday
from assistant.phonetics import romanise, skeleton
from assistant.spelling import Spelling
from assistant.words import Lexicon, Word, read, said
from index.ledger import Ledger
from index.text import BENGALI, WORD, normalise, stem, words

# Bengali endings as separate or joined Banglish words, and as Bengali words after a Latin name or a hyphen.
_ENDINGS = frozenset(
    unicodedata.normalize("NFC", ending) for ending in "er r ke te e y ra der re এর র কে তে এ য় ে ের রা দের রে".split()
)
_CASES = tuple(unicodedata.normalize("NFC", ending) for ending in "েরে ের কে রে তে র ে য়".split())
_OF_NAMES = frozenset({"er", "r", "ke", "der"})  # Banglish endings that hardly any word but a name or a noun has
_OWNING = ("'s", "ের", "য়ের", "র")  # endings of a word that owns the next
_JOINED = re.compile(r"(?:'s|s'|er|r|ke|te|e)$")
_SHORT_PRODUCT = 4  # letters of a product that too many words sound like (Bing, Boeing)
_SHORTEST = 3  # characters of a word without its case ending; one fewer in a name of several words (ব্ল্যাক রকের)
_COMMON_SUFFIX = frozenset(map(stem, "inc corp ltd group company technologies ai labs holdings capital systems".split()))

_SUFFIX_SOUNDS = frozenset(
    romanise(word) for word in "inc corp ltd group lab labs holdings capital technologies systems ল্যাব ল্যাবস গ্রুপ".split()
)
_FULL = 2  # words that a name has more than when it is known without its last


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named by the words ``start`` to ``end``; ``ending`` is the case ending that the name carries."""

    entity: str
    start: int
    end: int
    text: str
    ending: str = ""
    how: How = "name"
    others: tuple[str, ...] = ()  # further organisations that the same words may mean
    narrows: str = ""  # words that the records of this part of the company hold: a cloud, a chip


def named_places(mentions: Iterable[Mention]) -> frozenset[int]:
    """Return the places of the words of these mentions."""
    return frozenset(place for mention in mentions for place in range(mention.start, mention.end))


def _as_one(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Join a company with its own product right after it: "Microsoft's Azure", "মাইক্রোসফটের অ্যাজিউর"."""
    joined: list[Mention] = []
    for one in mentions:
        last = joined[-1] if joined else None
        if last and last.entity == one.entity and last.end == one.start and one.how == "product" and last.how != "product":
            joined[-1] = replace(one, start=last.start, text=f"{last.text} {one.text}")
        else:
            joined.append(one)
    return tuple(joined)


def read_words(text: str) -> tuple[Word, ...]:
    """Cut a question into words with their places in the text."""
    text = unicodedata.normalize("NFC", text)
    found = []
    for match in WORD.finditer(text.replace("’", "'")):
        plain = words(match.group())
        if plain:
            found.append(Word(plain[0], stem(plain[0]), match.start(), match.end(), match.group()))
    return tuple(found)


class Linker:
    """Names of the ledger's entities, ready to be found in questions."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names: dict[tuple[str, ...], list[tuple[str, str, How]]] = defaultdict(list)
        self._lasts: dict[tuple[str, ...], set[str]] = defaultdict(set)  # last words of the names, as written
        self._parts: set[str] = set()  # words of all names
        self._alikes = Alikes()
        self._rests: dict[str, list[tuple[str, ...]]] = defaultdict(list)  # sounds of a name's words after the first
        for entity in ledger.entities.values():
            for name in entity.names:
                self._add(name, entity.id, "name")
            if entity.ticker:
                self._add(entity.ticker.split(".")[0], entity.id, "product", ticker=True)
        products = read("products.yaml")
        self._narrowing = {_bare(form): word for word, forms in products["_narrowing"].items() for form in forms}
        for entity_id in products.keys() & ledger.entities.keys():
            for product in products[entity_id]:
                self._add(str(product), entity_id, "product")
        self._longest = max((len(path) for path in self._names), default=1)
        self.spelling = Spelling(lexicon)
        self._vocabulary = _vocabulary(ledger) - {word for path in self._names for word in path}
        tickers = {entity.ticker.split(".")[0].casefold() for entity in ledger.entities.values() if entity.ticker}
        self.speller = Speller(lexicon, frozenset(self._parts), frozenset(self._vocabulary | tickers))

    def _add(self, name: str, entity: str, how: How, ticker: bool = False) -> None:
        parts = words(name)
        path = tuple(stem(part) for part in parts)
        if not path:
            return
        self._lasts[path].add(parts[-1])
        if not ticker:
            self._parts.update(parts)
        exact = name if (ticker or (name.isupper() and len(name) <= 3 and name.isascii())) else ""
        self._names[path].append((entity, exact, how))
        if len(path) == 1 and not ticker:
            if how == "name" or len(parts[0]) > _SHORT_PRODUCT:
                self._alikes.hear(parts[0], entity)
            self._alikes.spellings.setdefault(parts[0], entity)
        elif len(path) > 1 and path[-1] in _COMMON_SUFFIX and path[:-1] not in self._names:
            self._alikes.hear(parts[0], entity)
        if len(path) > _FULL and romanise(parts[-1]) in _SUFFIX_SOUNDS:  # "Thinking Machines" for "Thinking Machines Lab"
            self._names[path[:-1]].append((entity, "", how))
        if len(path) > 1:
            self._rests[entity].append(tuple(map(skeleton, parts[1:])))
            joined = "".join(parts)
            self._names[(stem(joined),)].append((entity, "", how))
            self._alikes.hear(joined, entity)
            if len(path) == 2 and path[-1] not in _COMMON_SUFFIX:
                self._alikes.spellings.setdefault(joined, entity)

    def corrected(self, question: tuple[Word, ...], hidden: frozenset[int], bengali: bool) -> tuple[Word, ...]:
        """Return the question with misspelt words of the lexicon put right; the words of records stay."""
        known = self._vocabulary | self.speller.functions if bengali else self._vocabulary
        return self.spelling.corrected(question, hidden, known, bengali)

    def link(self, question: tuple[Word, ...]) -> tuple[Mention, ...]:
        """Return the mentions in order; words of one mention are in no other."""
        mentions: list[Mention] = []
        place = 0
        while place < len(question):
            if place and question[place - 1].text in said("series") and len(question[place].text) == 1:
                place += 1  # the letter of a round, not a ticker
                continue
            mention = self._exact(question, place) or self._alike(question, place)
            if mention is None:
                place += 1
                continue
            end = mention.end
            ending = mention.ending
            if end < len(question) and question[end].text in _ENDINGS and not ending and not self._begins_anew(question, end):
                ending, end = question[end].text, end + 1
            if end < len(question) and not ending:
                ending, end = self._apposed(question, end)
            if named := self._described(question, end):
                ending, end = named
            ending = ending[1:] if ending[:1] in ("ই", "ও") else ending  # the name's own last vowel, or an emphasis
            mentions.append(replace(mention, end=end, ending=ending, narrows=self._narrows(mention)))
            place = end
        return _as_one(mentions)

    def _apposed(self, question: tuple[Word, ...], place: int) -> tuple[str, int]:
        """Return the case that a noun after the name carries and where that noun ends: কার্সর নির্মাতাকে, ইনটেল কোম্পানিতে."""
        word = question[place]
        if word.stem in said("makers"):
            return word.ending, place + 1
        if word.stem in said("generic"):
            if word.ending in _ENDINGS:
                return word.ending, place + 1
            if place + 1 < len(question) and word.text == word.stem and question[place + 1].text in _ENDINGS:
                return question[place + 1].text, place + 2
        return "", place

    def _described(self, question: tuple[Word, ...], end: int) -> tuple[str, int] | None:
        """Return the ending and the end of what a name is said to be: "Wayve namer protishthan e" is Wayve-e."""
        noun = end + 1
        if noun >= len(question) or question[end].text not in said("called") or question[noun].stem not in said("firms"):
            return None
        following = question[noun + 1].text if noun + 1 < len(question) else ""
        if following in _ENDINGS:
            return following, noun + 2
        return question[noun].ending, noun + 1

    def _begins_anew(self, question: tuple[Word, ...], place: int) -> bool:
        """True for what looks like an ending and is none: "r" (and) between two names, এ of "এ পর্যন্ত" (so far)."""
        following = place + 1
        if following >= len(question):
            return False
        if question[place].text in ("এ", "e") and question[following].text in said("time_nouns"):
            return True
        return question[place].text == "r" and self._is_name(question, following)

    def _is_name(self, question: tuple[Word, ...], following: int) -> bool:
        return self._exact(question, following) is not None or self._alike(question, following) is not None

    def _narrows(self, mention: Mention) -> str:
        bare = _bare(mention.text)
        cut = bare[: -len(mention.ending)] if mention.ending and bare.endswith(mention.ending) else bare
        return str(self._narrowing.get(bare) or self._narrowing.get(cut, ""))

    def _exact(self, question: tuple[Word, ...], place: int) -> Mention | None:
        for length in range(min(self._longest, len(question) - place), 0, -1):
            span = question[place : place + length]
            if any(word.ending in _OWNING and word.text not in self._parts for word in span[:-1]):
                continue  # "Oracle's cloud contracts" are not those of Oracle Cloud
            head = tuple(word.stem for word in span[:-1])
            for form in [(*head, last) for last in _stems(span[-1], _SHORTEST if length == 1 else _SHORTEST - 1)]:
                found = [entry for entry in self._names.get(form, ()) if _case_fits(entry, span)]
                if found and not (length == 1 and self._ordinary(question, place, found)):
                    entities = tuple(dict.fromkeys(entity for entity, _, _ in found))
                    ending = self._ending(form, span[-1])
                    return Mention(entities[0], place, place + length, _text(span), ending, found[0][2], entities[1:])
        return None

    def _ending(self, form: tuple[str, ...], word: Word) -> str:
        """Return what a name's last word carries beyond the name as written, which may end like a case itself (স্ফিয়ার)."""
        written = max((last for last in self._lasts[form] if word.text.startswith(last)), key=len, default=form[-1])
        return word.text[len(written) :] if word.text.startswith(written) else word.ending

    def _ordinary(self, question: tuple[Word, ...], place: int, found: list[tuple[str, str, How]]) -> bool:
        """True for a name that is also a word of the lexicon, typed as such a word; "tata er" is a name by its case."""
        word = question[place]
        if place + 1 < len(question) and question[place + 1].text in _OF_NAMES:
            return False
        return word.raw.islower() and word.stem in self._lexicon.known and not any(exact for _, exact, _ in found)

    def _alike(self, question: tuple[Word, ...], place: int) -> Mention | None:
        word = question[place]
        short = len(word.text) < SHORT_NAME or (len(word.text) == SHORT_NAME and everyday().holds(word.text))
        known = {word.stem, word.text} & (self._lexicon.known | self._vocabulary | self.speller.functions)
        if short or word.text[0].isdigit() or known:
            return None
        best = max((self._alikes.likeness(form) for form in _stems(word)), default=UNLIKE, key=lambda found: found[0])
        if not best[1] or everyday().lists(word.text):
            return None
        _, entity, how, form = best
        span = question[place : place + 1 + self._rest(entity, question[place + 1 :])]
        ending = word.text[len(form) :] if len(span) == 1 else span[-1].ending
        return Mention(entity, place, place + len(span), _text(span), ending, how)

    def _rest(self, entity: str, following: tuple[Word, ...]) -> int:
        """Return how many of the words that follow the first word of a name sound like the rest of it (জাইফোরা ল্যাবসের)."""
        longest = 0
        for rest in self._rests[entity]:
            alike = (bones in map(skeleton, _stems(word)) for bones, word in zip(rest, following, strict=False))
            if len(rest) <= len(following) and all(alike):
                longest = max(longest, len(rest))
        return longest


def _case_fits(entry: tuple[str, str, How], span: tuple[Word, ...]) -> bool:
    """A short ticker or upper-case alias counts only when typed in upper case, unless the name is longer than two letters."""
    exact = entry[1]
    if entry[2] == "product" and len(exact) > _SHORT_PRODUCT - 1 and not everyday().holds(span[0].text):
        return True  # "crwv", which no word is spelled like
    if not exact or (entry[2] == "name" and normalise(exact) != normalise(span[0].raw)):
        return True
    return span[0].raw.startswith(exact.upper()) or (entry[2] == "name" and len(exact) > 1)


def _stems(word: Word, least: int = _SHORTEST) -> tuple[str, ...]:
    """Return what the word may be without a case ending, likeliest first (অ্যানথ্রপিকে, nvidiar, openaier, microsoft's)."""
    if BENGALI.search(word.text):
        cut = [
            word.text[: -len(ending)]
            for ending in _CASES
            if word.text.endswith(ending) and len(word.text) - len(ending) >= least
        ]
        return tuple(dict.fromkeys((word.stem, *cut, word.text)))
    bare = _JOINED.sub("", word.text)
    return tuple(dict.fromkeys((word.stem, stem(bare) if len(bare) >= 3 else word.stem, word.text)))


def _bare(name: str) -> str:
    return " ".join(stem(word) for word in words(name))


def _text(span: tuple[Word, ...]) -> str:
    return " ".join(word.raw for word in span)


def _vocabulary(ledger: Ledger) -> set[str]:
    """Return the stems of the words of all records: none of them is a misspelt company."""
    found: set[str] = set()
    for deal in ledger.deals:
        for text in (deal.title_en, deal.title_bn, deal.summary_en, deal.summary_bn):
            found.update(word for word in map(stem, words(text)) if len(word) > 2)
    return found
