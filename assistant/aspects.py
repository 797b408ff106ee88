"""What a passage must speak of to answer a question: its companies, its terms in any of the scripts, its other words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.everyday import everyday
from assistant.parts import Parts
from assistant.phonetics import skeleton
from assistant.words import Lexicon
from index.ledger import Ledger
from index.text import BENGALI, tokens

# Cues that name a subject; the others only turn the question.
_MEANT = ("term", "type", "sector", "frame", "status", "topic", "country", "beyond")
_MEANT_MEASURES = ("valuation", "stake", "shares", "gigawatts")
_PREFIX = 5  # letters from which two longer words are taken for forms of one (guarantee, guaranteed)
_BONES = 3  # consonants at least that Banglish and Bengali words must share to be one
Kind = Literal["name", "place", "term", "word"]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that the question speaks of: ``forms`` are single tokens, ``paths`` phrases of several; any of them will do."""

    kind: Kind
    typed: str
    forms: frozenset[str]
    paths: tuple[tuple[str, ...], ...] = ()
    value: str = ""
    common: bool = False  # an ordinary word, which says little of the subject

    def in_text(self, present: "Text") -> bool:
        """True when a text has one of the forms."""
        if self.forms & present.tokens or any(map(present.has, self.paths)):
            return True
        return self.kind == "word" and bool(self.forms & present.roots)


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text, and what its longer words begin with or sound like."""

    tokens: frozenset[str]
    roots: frozenset[str]
    joined: str

    def has(self, path: tuple[str, ...]) -> bool:
        """True when the words of a phrase follow each other in the text."""
        return f" {' '.join(path)} " in self.joined


@lru_cache(maxsize=4096)
def text_of(text: str) -> Text:
    """Return the words of a passage, ready for comparison."""
    found = tokens(text)
    roots = frozenset(root for token in set(found) for root in _roots(token))
    return Text(frozenset(found), roots, f" {' '.join(found)} ")


def aspects_of(parts: Parts, ledger: Ledger, lexicon: Lexicon) -> tuple[Aspect, ...]:
    """Return what the question speaks of, each once, in its order; question words and fillers are no aspect."""
    found: dict[str, tuple[int, Aspect]] = {}
    covered: set[int] = set()
    terms = [cue for cue in lexicon.find(parts.words) if cue.kind == "term"]
    for mention in parts.mentions:
        product = [cue for cue in terms if cue.start == mention.start and mention.how == "product"]
        if product:  # a product that is a term of the trade stands for itself (TPU), not for its company
            continue
        names = (*ledger.entity(mention.entity).names, mention.text)
        found.setdefault(mention.entity, (mention.start, _aspect("name", mention.text, names, mention.entity)))
        covered.update(range(mention.start, mention.end))
    for cue in dict.fromkeys((*terms, *parts.cues)):
        if cue.start in covered and cue.kind == "term" and cue not in parts.cues:
            continue
        places = range(cue.start, cue.end)
        if cue.kind in _MEANT or (cue.kind == "measure" and cue.value in _MEANT_MEASURES) or _is_circular(cue.kind, cue.value):
            typed = " ".join(parts.words[one].raw for one in places)
            kind: Kind = "place" if cue.kind == "country" else "term"
            key = f"{cue.start}"  # several meanings of the same words are one aspect
            before = found.get(key)
            counted = ("counted", "units") if (cue.kind, cue.value) == ("beyond", "units") else (cue.kind, cue.value)
            phrases = (*lexicon.phrases(*counted), typed)
            aspect = _aspect(kind, typed, phrases, f"{cue.kind}.{cue.value}")
            found[key] = (cue.start, _merged(before[1], aspect) if before else aspect)
        covered.update(places)
    for place, word in enumerate(parts.words):
        if place not in covered and word.stem not in lexicon.stop and len(word.text) > 1 and not word.text.isdigit():
            forms = frozenset({word.stem, *_roots(word.stem), *_sounds(word.stem, parts)})
            common = everyday().holds(word.text)
            found.setdefault(word.stem, (place, Aspect("word", word.raw, forms, common=common)))
    return tuple(aspect for _, aspect in sorted(found.values(), key=lambda entry: entry[0]))


def share(aspects: Iterable[Aspect], weights: dict[Aspect, float], text: Text) -> float:
    """Return the share of the aspects' weight that a text holds, from 0 to 1; 0 without any aspect."""
    total = sum(weights[aspect] for aspect in aspects)
    return sum(weights[aspect] for aspect in aspects if aspect.in_text(text)) / total if total else 0.0


def _is_circular(kind: str, value: str) -> bool:
    return kind == "intent" and value == "circular"


def _aspect(kind: Kind, typed: str, phrases: Iterable[str], value: str) -> Aspect:
    paths = {tuple(tokens(phrase)) for phrase in phrases}
    single = frozenset(path[0] for path in paths if len(path) == 1)
    return Aspect(kind, typed, single, tuple(sorted(path for path in paths if len(path) > 1)), value)


def _merged(one: Aspect, other: Aspect) -> Aspect:
    return Aspect(one.kind, one.typed, one.forms | other.forms, (*one.paths, *other.paths), one.value)


def _roots(token: str) -> frozenset[str]:
    """Return what stands for the forms of a longer word; marked, so that no whole word is taken for it."""
    long = (len(token) > _PREFIX and token.isalpha()) or (BENGALI.match(token) and len(token) > _PREFIX)
    roots = {f"{token[:_PREFIX]}~"} if long else set()
    if BENGALI.match(token) and len(bones := skeleton(token)) >= _BONES:
        roots.add(f"{bones}!")
    return frozenset(roots)


def _sounds(token: str, parts: Parts) -> frozenset[str]:
    """Return how a Banglish word sounds, to meet it in Bengali passages."""
    bones = skeleton(token) if parts.script == "banglish" and not BENGALI.match(token) else ""
    return frozenset({f"{bones}!"} if len(bones) >= _BONES else ())
