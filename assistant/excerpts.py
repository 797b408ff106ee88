"""The sentences of chunks that answer a question: they define, give a reason or tell a matter; with what stands by them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.aspects import Aspect, Text, share, text_of
from assistant.schema import Evidence, Query
from assistant.words import said
from index.ledger import Ledger
from index.records import Chunk
from index.splitter import sentences
from index.text import BENGALI, tokens, words

if TYPE_CHECKING:
    from index.embeddings import Embedder

SHORTEST = 15  # characters of a sentence that can answer
MOST_SENTENCES = 4  # sentences offered as evidence
TOGETHER = 3  # sentences that are quoted in one piece
# The parts of a score, on the scale of a cosine; set on sixty questions of our own in three scripts.
SAID, DEFINED, REASONED = 1.0, 1.2, 0.2
FIRST = 0.4  # what the first sentence below a heading that asks the same is worth
SAME = 0.6  # share of the question that a heading holds, or its nearness, from which it asks the same
CLOSE = 0.8  # share of the best sentence's score that a further sentence of the same article must reach
APART = 0.93  # the same for a sentence of another article
OWN = 0.75  # share of the best score from which a sentence in the language of the answer is preferred
OPENING = 4  # words in which a sentence that defines a term names it
NAMING = 3  # words between a Bengali naming word and the term
_PEOPLE = frozenset({"founder"})  # matters beyond the records that an article may tell by a name,
_COUNTED = frozenset({"employees", "users", "units"})  # by a number before it,
_MONEY = frozenset({"revenue", "profit"})  # or by a sum beside it
_NAMED = re.compile(r"found(?:ed by|ers?,?) [A-Z]|[A-Z]\w+,? (?:the )?founder|প্রতিষ্ঠাতা \S+")
_NUMBER_BEFORE = re.compile(r"(?<![$\w.,])\d[\d,]*(?: (?:thousand|million|হাজার|লাখ|জন))?(?: [^\W\d]\S*){0,1} $")
_BESIDE = 40  # characters between a sum and what it is, or a founder and the company


@dataclass(frozen=True)
class Asked:
    """A question ready for passages: what it speaks of, with weights, and its meaning as a unit vector."""

    query: Query
    aspects: tuple[Aspect, ...]
    weights: dict[Aspect, float]
    embedder: "Embedder"
    vector: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        """Embed the question once."""
        object.__setattr__(self, "vector", np.asarray(self.embedder.embed_query(self.query.search), dtype=np.float32))

    @property
    def content(self) -> tuple[Aspect, ...]:
        """What is asked beside the companies; all, where only companies are named."""
        return tuple(aspect for aspect in self.aspects if aspect.kind != "name") or self.aspects

    def share(self, text: Text, aspects: tuple[Aspect, ...] = ()) -> float:
        """Return the share of the question, or of some of its aspects, that a text holds, from 0 to 1."""
        return share(aspects or self.aspects, self.weights, text)

    def nearness(self, texts: Sequence[str]) -> list[float]:
        """Return how near each text is to the question, as cosines."""
        if not texts:
            return []
        found = np.asarray(self.embedder.embed_documents(list(texts)), dtype=np.float32) @ self.vector
        return [float(near) for near in found]


@dataclass(frozen=True, slots=True)
class Found:
    """A chunk that speaks of the question, with its score and how near its heading is."""

    chunk: Chunk
    score: float
    headed: float


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a chunk with its score; ``place`` counts the sentences of the chunk."""

    chunk: Chunk
    start: int
    end: int
    place: int
    score: float
    held: float
    below: bool  # stands below a heading that asks the same

    @property
    def quote(self) -> str:
        """The sentence, as it stands."""
        return self.chunk.text[self.start : self.end]


def excerpts(asked: Asked, found: Iterable[Found], ledger: Ledger) -> tuple[Evidence, ...]:
    """Return the sentences that answer, likeliest first: the best one, what stands with it, others that answer as well.

    Further sentences are of its language; from another article only where they answer nearly as well.
    """
    chunks = [(entry, _spans(entry.chunk.text)) for entry in found]
    nearness = iter(asked.nearness([entry.chunk.text[start:end] for entry, spans in chunks for start, end in spans]))
    said_there = [one for entry, spans in chunks for one in _sentences(asked, entry, spans, nearness)]
    if asked.query.not_recorded:
        said_there = [one for one in said_there if tells(asked.aspects, one.quote, ledger)]
    return tuple(_evidence(one) for one in _chosen(asked, said_there))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the places of the sentences of a chunk; a heading is none."""
    return [(start, end) for start, end in sentences(text) if not text.startswith("#", start)]


def _sentences(asked: Asked, found: Found, spans: Sequence[tuple[int, int]], nearness: Iterator[float]) -> Iterator[Said]:
    """Yield the sentences of a chunk with their scores; ``nearness`` has one cosine for each, in order."""
    chunk = found.chunk
    headed = max(asked.share(text_of(chunk.heading), asked.content), found.headed) if chunk.heading else 0.0
    below = headed >= SAME and chunk.text.startswith("#")
    for place, (start, end) in enumerate(spans):
        quote = chunk.text[start:end]
        held = asked.share(text_of(quote))
        score = found.score + SAID * held + next(nearness) + _bonus(asked, quote)
        if place == 0:
            score += FIRST * headed if start > 0 else 0.1
        yield Said(chunk, start, end, place, score, held, below)


def _bonus(asked: Asked, quote: str) -> float:
    if asked.query.defines:
        return DEFINED * defines(asked.aspects, quote)
    return REASONED if set(words(quote)) & said("reasons") else 0.0


def defines(aspects: tuple[Aspect, ...], text: str) -> bool:
    """True when a sentence of a text says what the term is: it begins with it and goes on with "is", or names it (তাকে বলে)."""
    terms = [aspect for aspect in aspects if aspect.kind != "name"] or list(aspects)
    return any(_defines(terms, text[start:end]) for start, end in sentences(text) if not text.startswith("#", start))


def _defines(terms: Sequence[Aspect], quote: str) -> bool:
    if not all(aspect.in_text(text_of(quote)) for aspect in terms):
        return False
    found = words(quote)
    if BENGALI.search(quote):  # the naming word stands by the term: ওয়ারেন্ট হলো, তাকে যৌথ উদ্যোগ বলে
        naming = [place for place in range(len(found)) if _names(found, place)]
        near = [text_of(" ".join(found[max(0, place - NAMING) : place + NAMING + 1])) for place in naming]
        return any(all(aspect.in_text(text) for aspect in terms) for text in near)
    if found[:1] == ["the"] and "of" in found[:OPENING]:  # "the valuation of $730 billion that is quoted": one of many
        return False
    opening = text_of(" ".join(found[:OPENING]))
    return all(aspect.in_text(opening) for aspect in terms) and bool(set(found[: OPENING + 3]) & said("defining"))


def _names(found: Sequence[str], place: int) -> bool:
    """True for a naming word: হলো, মানে and the like; "বলে" after an object (তাকে বলে), "বলা" before "হয়"."""
    word = found[place]
    if word in said("calling"):
        following = found[place + 1] if place + 1 < len(found) else ""
        called = any(
            before.endswith(said_case) for before in found[max(0, place - 3) : place] for said_case in said("accusative")
        )
        return called or following in said("is_called")
    return word in said("naming")


def tells(aspects: tuple[Aspect, ...], quote: str, ledger: Ledger) -> bool:
    """True when a sentence tells the matter asked for of the companies asked for, and not of others.

    A number must stand by a quantity, a name by a founder; what the corpus mentions only in passing is not told.
    """
    text = text_of(quote)
    asked = [aspect for aspect in aspects if aspect.value.startswith("beyond.")]
    names = [aspect for aspect in aspects if aspect.kind == "name"]
    if not asked or not all(aspect.in_text(text) for aspect in (*asked, *names)):
        return False
    matter = asked[0].value.removeprefix("beyond.")
    if matter in _PEOPLE:
        found = (quote[max(0, match.start() - _BESIDE) : match.end()] for match in _NAMED.finditer(quote))
        return any(name.in_text(text_of(near)) for near in found for name in names)
    places = [match.start() for form in asked[0].forms for match in re.finditer(re.escape(form), quote.casefold())]
    if matter in _COUNTED:
        return any(_NUMBER_BEFORE.search(quote[:place]) for place in places)
    if matter not in _MONEY or not any(_has_sum(quote, place) for place in places):
        return False
    others = (entity for entity in ledger.entities.values() if entity.id not in {name.value for name in names})
    return not any(_is_named(entity.names, text) for entity in others)


def _has_sum(quote: str, place: int) -> bool:
    return any(map(str.isdigit, quote[max(0, place - _BESIDE) : place + _BESIDE]))


def _is_named(names: Iterable[str], text: Text) -> bool:
    return any(path and text.has(path) for path in map(tuple, map(tokens, names)))


def _chosen(asked: Asked, found: list[Said]) -> list[Said]:
    ranked = sorted((one for one in found if one.end - one.start >= SHORTEST), key=lambda one: -one.score)
    if asked.query.defines:
        ranked = [one for one in ranked if defines(asked.aspects, one.quote) or _is_headed(asked.aspects, one.chunk)]
    if not ranked:
        return []
    own = next((one for one in ranked if one.chunk.language == asked.query.language), None)
    fair = own and (own.score >= OWN * ranked[0].score or (asked.query.defines and defines(asked.aspects, own.quote)))
    best = own if own and fair else ranked[0]
    kept = _around(best, found)
    kept += [one for one in ranked if one not in kept and _adds(asked, one, best)]
    return kept[:MOST_SENTENCES]


def _adds(asked: Asked, one: Said, best: Said) -> bool:
    """True for a further sentence that answers nearly as well as the best one, in its language."""
    if one.chunk.language != best.chunk.language or (asked.query.defines and not defines(asked.aspects, one.quote)):
        return False
    near = CLOSE if one.chunk.document == best.chunk.document else APART
    return one.score >= near * best.score and one.held >= best.held / 2


def _is_headed(aspects: tuple[Aspect, ...], chunk: Chunk) -> bool:
    """True when an article opens with the term in its title, or a part of it has the term as its heading."""
    head = text_of(f"{chunk.title} {chunk.heading}" if chunk.start == 0 else chunk.heading)
    return all(aspect.in_text(head) for aspect in aspects)


def _around(best: Said, found: list[Said]) -> list[Said]:
    """Return a sentence with the one or two after it, and those before it that its first word points back to."""
    inside = {one.place: one for one in found if one.chunk.id == best.chunk.id}
    whole = best.below and best.place < TOGETHER
    places = [place for place in range(best.place + 1) if place in inside] if whole else [best.place]
    while len(places) < TOGETHER and places[0] - 1 in inside and _points_back(inside[places[0]].quote):
        places.insert(0, places[0] - 1)
    after = best.place + 1
    while len(places) < TOGETHER and after in inside and not _breaks(inside[after - 1], inside[after]):
        places.append(after)
        after += 1
    return [inside[place] for place in places]


def _points_back(quote: str) -> bool:
    return bool(set(words(quote)[:1]) & said("back"))


def _breaks(one: Said, other: Said) -> bool:
    """True where a new paragraph begins between two sentences."""
    return "\n" in one.chunk.text[one.end : other.start]


def _evidence(one: Said) -> Evidence:
    chunk, first = one.chunk, one.chunk.start
    return Evidence(
        "article", chunk.document, chunk.language, one.quote, first + one.start, first + one.end, chunk.title, one.score
    )
