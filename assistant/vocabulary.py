"""The words that no condition claimed: topics of the records' titles, names that no record has, and the rest."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.everyday import everyday
from assistant.parts import Parts
from assistant.phonetics import skeleton
from assistant.rounds import round_places
from assistant.schema import Filters
from assistant.words import Lexicon, said
from index.ledger import Ledger
from index.text import BENGALI, stem, words

Matches = Callable[[Filters], bool]


_LONG = 4  # characters that a Bengali name with its ending has more than
_SOUNDED = 6  # letters that a first word has more than when its sound tells that it is an ordinary one
_SHORTEST = 4  # letters of a name that nothing but its place tells
_TITLE = 4  # words of a company's name with its legal form
_SUBJECT = 4  # words before the subject of an English question at most
_RARE = 14  # deals at most that a word of a title may occur in to be a name ("Stargate", "Texas")
_TITLED = 0.6  # share of words with a capital from which a question is written like a title
_VERB = re.compile(
    r"(?:ছে|ছেন|ছি|ছিল|ছিলো|বেন|বে|চ্ছে|লো|লেন|তেছে|ভেদে|গুলো|গুলি)$|(?:che|chhe|tese|techhe|chilo|silo|eche|lsilo)$"
)


@dataclass(frozen=True)
class Vocabulary:
    """The words of a ledger's records and of the languages: what is a topic, and what is no company's name."""

    ledger: Ledger
    lexicon: Lexicon

    @cached_property
    def names(self) -> dict[str, int]:
        """Stems of proper names in the titles (projects, places), with the number of deals that have them."""
        found: dict[str, int] = {}
        for deal in self.ledger.deals:
            capitals = [word for word in deal.title_en.replace("'s", "").split()[1:] if word[:1].isupper()]
            english = {part for text in capitals for part in words(text)}
            sounds = {skeleton(part) for part in english if len(part) > 2}
            bengali = {part for part in words(deal.title_bn) if _sounds_like(skeleton(stem(part)), sounds)}
            for word in {*map(stem, english), *map(stem, bengali)}:
                found[word] = found.get(word, 0) + 1
        return found

    @cached_property
    def english(self) -> dict[str, str]:
        """The English names of the titles by their sound."""
        return {skeleton(name): name for name in self.names if name.isascii() and len(name) > _SHORTEST}

    @cached_property
    def everyday(self) -> frozenset[str]:
        """Stems of the words of the lexicon, which are no names."""
        return frozenset(self.lexicon.known)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Stems of the words of all titles and summaries, and of the lexicon."""
        found = set(self.lexicon.known)
        for deal in self.ledger.deals:
            for text in (deal.title_en, deal.title_bn, deal.summary_en, deal.summary_bn, deal.id.replace("-", " ")):
                found.update(map(stem, words(text)))
                found.update(word[:-1] for word in words(text) if word.endswith("কে"))  # নারভিকে: a locative, no accusative
        return frozenset(found)


def _sounds_like(bones: str, sounds: set[str]) -> bool:
    """True when a Bengali stem sounds like one of the English names, but for a last consonant taken for a case ending."""
    return bones in sounds or (len(bones) > 2 and any(sound[:-1] == bones for sound in sounds))


def left_words(parts: Parts, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (names that no record has, other words that found no meaning)."""
    names, lost = [], []
    known = parts.covered | round_places(parts)
    for place, word in enumerate(parts.words):
        if place in known or word.stem in vocabulary.lexicon.known or word.text.isdigit() or len(word.text) < 2:
            continue
        if _is_name(parts, place, vocabulary):
            names.append(word.raw)
        else:
            lost.append(word.raw)
    return tuple(names), tuple(lost)


def with_topics(
    filters: Filters, lost: tuple[str, ...], vocabulary: Vocabulary, matches: Matches
) -> tuple[Filters, tuple[str, ...]]:
    """Let names of the records' titles (projects, places) narrow the deals: Colossus, Texas, কলোসাস."""
    for word in lost:
        ordinary = word.islower() and everyday().lists(words(word)[0])
        if not ordinary and 0 < vocabulary.names.get(stem(words(word)[0]), 0) <= _RARE:
            narrowed = replace(filters, text=f"{filters.text} {word}".strip())
            english = vocabulary.english.get(skeleton(stem(words(word)[0])))
            if english and not matches(narrowed):  # টেক্সাস of a record that says it in English only
                other = replace(filters, text=f"{filters.text} {english}".strip())
                narrowed = other if matches(other) else narrowed
            if matches(narrowed) or not {stem(words(word)[0]), words(word)[0]} & vocabulary.everyday:
                filters = narrowed
                lost = tuple(other for other in lost if other != word)
    return filters, lost


def _is_name(parts: Parts, place: int, vocabulary: Vocabulary) -> bool:
    """True for a word that can only be an organisation's name: no common word, written or placed as a name."""
    word = parts.words[place]
    bare = {word.stem, word.text, *(word.text[: -len(case)] for case in said("cases") if word.text.endswith(case))}
    if _is_titled_company(parts, place):
        return True
    if bare & vocabulary.recorded or _VERB.search(word.text) or bare & vocabulary.everyday:
        return False
    capital = word.raw[:1].isupper()
    if capital and place > 0 and not _is_titled(parts) and not _opens_sentence(parts, place):
        return True
    heard = len(word.text) > _SOUNDED and everyday().sounds(word.text)  # "Onugroho kore": অনুগ্রহ
    if capital and place == 0 and parts.language == "bn" and not (heard or everyday().holds(word.text)):
        return True
    beside = _stands_beside(parts, place)
    cased = place + 1 < len(parts.words) and parts.words[place + 1].text in said("companion")
    ordinary = everyday().holds(word.text) or (not (beside or cased) and everyday().sounds(word.text))
    if ordinary or (word.text.isascii() and not beside and everyday().misspelt(word.text)):
        return False
    formed = parts.script == "english" and everyday().formed(word.text)
    return beside or (_stands_as_name(parts, place) and not formed)


def _is_titled_company(parts: Parts, place: int) -> bool:
    """True for the words with capitals before "Ltd", "Inc" and the like."""
    for word in parts.words[place + 1 : place + _TITLE]:
        if word.text in said("incorporated"):
            return parts.words[place].raw[:1].isupper()
        if not word.raw[:1].isupper():
            break
    return False


def _opens_sentence(parts: Parts, place: int) -> bool:
    """True for the first word after a stop, whose capital tells nothing."""
    word = parts.words[place]
    if parts.text[word.start : word.end] != word.raw:  # the words were cut from a text put right
        return False
    return any(sign in parts.text[parts.words[place - 1].end : word.start] for sign in ".?!:;")


def _stands_as_name(parts: Parts, place: int) -> bool:
    """True where a company would stand: before "with", after a preposition, as the subject, with a case ending, at the head."""
    word = parts.words[place]
    if len(word.text) < _SHORTEST or any(map(str.isdigit, word.text)):
        return False
    following = parts.words[place + 1].text if place + 1 < len(parts.words) else ""
    before = parts.words[place - 1].text if place else ""
    if following in said("companion") or before in said("leading"):
        return True
    if not any(map(parts.has, ("deal", "frame", "type", "measure"))):
        return False
    if not BENGALI.search(word.text):
        return _is_subject(parts, place, following)
    if place == 0:
        return _speaks_of_deals(parts)
    asked = following in said("particles") or (before in said("particles") and any(map(parts.has, ("frame", "type"))))
    return asked or (len(word.text) > _LONG and word.text.endswith(("তে", "কে")))


def _speaks_of_deals(parts: Parts) -> bool:
    """True when the first clause is no mere chat: it names a company or speaks of a deal."""
    gaps = (place for place in range(1, len(parts.words)) if parts.words[place].start - parts.words[place - 1].end > 1)
    end = next(gaps, len(parts.words))
    if any(mention.start < end for mention in parts.mentions):
        return True
    return any(cue.start < end and cue.kind in ("deal", "frame", "type", "measure", "sector") for cue in parts.cues)


def _stands_beside(parts: Parts, place: int) -> bool:
    """True where "and", "or" or the ending of a name joins the word with a company: "between X and Oracle", "X r OpenAI er"."""
    if len(parts.words[place].text) < _SHORTEST or any(map(str.isdigit, parts.words[place].text)):
        return False
    places = parts.named
    joins = said("and") | said("or")
    for step, passed in ((-1, joins), (1, joins | said("genitive"))):
        between = place + step
        while 0 <= between < len(parts.words) and parts.words[between].text in passed:
            between += step
        if between != place + step and between in places:
            return True
    return False


def _is_subject(parts: Parts, place: int, following: str) -> bool:
    """True for the subject of "does X buy", and for the first word of a Banglish question ("X koto taka tulse")."""
    if parts.script == "banglish":
        return place == 0 or following in said("particles") | said("wh")
    return place > 0 and parts.words[place - 1].text in said("heads") and place <= _SUBJECT


def _is_titled(parts: Parts) -> bool:
    """True for a Question Written Like a Title, in which capitals tell nothing."""
    capitals = sum(word.raw[:1].isupper() for word in parts.words if word.raw.isalpha())
    return capitals > _TITLED * len(parts.words)
