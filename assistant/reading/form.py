"""The form of a question: whether yes or no answers it, what its nouns and question words are."""

from dataclasses import dataclass

from assistant.reading.conditions import Conditions
from assistant.reading.sentence import Sentence

_AUXILIARIES = frozenset(
    "did does do has have is are was were had didn't doesn't isn't aren't wasn't weren't hasn't haven't don't ain't".split()
)


_OPENING = frozenset("so ok okay and but hi hello hey please well then also um hmm actually tell me".split())


_TAGS = (
    "right?",
    "correct?",
    "true?",
    "isn't it?",
    "right",
    "yes or no",
    "yes/no",
    "না কি?",
    "তাই না?",
    "tai na?",
    "তাই না",
    "tai na",
)


_PLURAL = ("s", "গুলো", "গুলি", "gulo", "guli", "gula", "গুলোর", "সমূহ", "গুলোকে")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence with its conditions and what is known of its form."""

    sentence: Sentence
    conditions: Conditions
    yes_no: bool
    leaning: bool = False  # a follow-up, which is about deals even where it does not say so

    def has(self, kind: str, *values: str) -> bool:
        """True when the sentence has such a mark."""
        return self.sentence.has(kind, *values)

    @property
    def entities(self) -> tuple[str, ...]:
        """The organisations named, in order, each once, negated ones left out."""
        found = (
            entity
            for item, term in zip(self.conditions.items, self.conditions.terms, strict=True)
            if not term.negated and item.named
            for entity in sorted(item.term.entities)
        )
        return tuple(dict.fromkeys(found))

    @property
    def domain(self) -> bool:
        """True when the question has to do with deals at all."""
        kinds = (
            "noun",
            "type",
            "sector",
            "role",
            "status",
            "frame",
            "country",
            "region",
            "project",
            "known",
            "topic",
            "group_key",
        )
        return (
            self.leaning
            or bool(self.sentence.names)
            or any(self.has(kind) for kind in kinds)
            or bool(self.conditions.filters.text)
        )

    @property
    def deal_noun(self) -> bool:
        """True when deals are spoken of, by the noun or a verb phrase that holds it."""
        return self.has("noun", "deal") or self.has("frame", "partner")


def is_yes_no(sentence: Sentence) -> bool:
    """True for a question that yes or no answers, in any of the three scripts."""
    if sentence.script == "english" or sentence.language == "en":
        return _english_yes_no(sentence)
    return _bengali_yes_no(sentence)


def _english_yes_no(sentence: Sentence) -> bool:
    lowered = sentence.text.casefold().strip()
    if any(lowered.endswith(tag) for tag in _TAGS) or "is it true" in lowered or "true or false" in lowered:
        return True
    place = 0
    while place < len(sentence.tokens) and sentence.word(place) in _OPENING:
        place += 1
    head, following = sentence.word(place), sentence.word(place + 1)
    if head in ("do", "did", "have", "can") and following in ("you", "we", "i"):
        return False
    if "list of" in lowered:
        return False
    wh = any(mark.has("ask") and not mark.has("ask", "whether") and mark.start <= place + 1 for mark in sentence.marks)
    return head in _AUXILIARIES and not wh


_PARTICLES = frozenset("কি ki".split())


_WH = (
    "who",
    "which",
    "when",
    "why",
    "how",
    "how_much",
    "how_many",
    "how_long",
    "where",
    "which_year",
    "which_month",
    "what_became",
)


def _bengali_yes_no(sentence: Sentence) -> bool:
    if any(sentence.text.strip(" ?।").endswith(tag.strip("?")) for tag in _TAGS[7:]):
        return True
    if any(mark.has("ask", *_WH) and not _is_to_whom(sentence, mark.start) for mark in sentence.marks):
        return False
    if sentence.has("ask", "whether"):
        return True
    places = [place for place, token in enumerate(sentence.tokens) if token.word in _PARTICLES]
    return len(places) == 1 and _asks_by_particle(sentence, places[0])


def _asks_by_particle(sentence: Sentence, place: int) -> bool:
    """True where কি makes a yes/no question: at the end after a verb, after a name, or before a later verb."""
    if place == len(sentence.tokens) - 1:
        return _is_verb(sentence, place - 1)
    if place and _after_name(sentence, place):
        return True
    following = sentence.mark_at(place + 1)
    if (following and following.has("noun")) or sentence.word(place + 1) in _KINDS:
        return False
    return place > 0 and any(_is_verb(sentence, later) for later in range(place + 1, len(sentence.tokens)))


def _is_to_whom(sentence: Sentence, place: int) -> bool:
    """True for a কে or ke that is the ending of the name before it, not "who"."""
    if sentence.word(place) not in ("ke", "কে") or len(sentence.names) < 2:
        return False
    return any(name.end == place for name in sentence.names)


_KINDS = frozenset("ধরনের dhoroner প্রকারের type".split())


_VERBAL = (
    "ছে",
    "ছিল",
    "বে",
    "লো",
    "ছি",
    "che",
    "chhe",
    "se",
    "be",
    "lo",
    "silo",
    "chilo",
    "chhilo",
    "আছে",
    "ছিল",
    "ache",
    "ase",
    "হয়",
    "hoy",
    "করে",
    "kore",
)


def _is_verb(sentence: Sentence, place: int) -> bool:
    word = sentence.word(place)
    mark = sentence.mark_at(place)
    return (
        word.endswith(_VERBAL)
        or bool(mark and mark.has("frame"))
        or bool(mark and (mark.has("status") or mark.has("logic", "not")))
    )


def _after_name(sentence: Sentence, place: int) -> bool:
    return any(name.end == place for name in sentence.names)


def weightless(sentence: Sentence, place: int) -> bool:
    """True for a word that carries no meaning of its own."""
    mark = sentence.mark_at(place)
    return (mark is not None and mark.has("stop")) or len(sentence.word(place)) < 2


def sentence_phrase(sentence: Sentence, start: int, end: int) -> str:
    """Return the words of a stretch of a sentence."""
    return " ".join(sentence.word(place) for place in range(start, end))


def asks_what(asked: Asked) -> bool:
    """True for "what is a ...", "... কী" without a plural or a list asked for."""
    sentence = asked.sentence
    if sentence.has("intent", "list") or sentence.has("ask", "which", "how_many", "how_much", "who", "when"):
        return False
    if not sentence.has("ask", "what"):
        return False
    last = sentence.word(len(sentence.tokens) - 1)
    english = (
        sentence.word(0) in ("what", "what's", "whats")
        and not plural_deals(asked)
        and sentence.word(1) in ("is", "are", "a", "an", "does", "s", "exactly")
    ) or sentence.word(0) == "what's"
    if len([token for token in sentence.tokens if token.word in ("কী", "কি", "ki")]) > 1:
        return False
    bengali = last in ("কি", "কী", "ki", "kii") or any(
        sentence.word(place) in ("কী", "কি", "ki") for place in range(max(0, len(sentence.tokens) - 3), len(sentence.tokens))
    )
    return bool(english or (sentence.language == "bn" and bengali and not asked.yes_no))


def plural_deals(asked: Asked) -> bool:
    """True when deals are spoken of in the plural, or all of them."""
    return any(
        any(asked.sentence.word(place).endswith(_PLURAL) for place in range(mark.start, mark.end))
        for mark in (*asked.sentence.of("noun", "deal"), *asked.sentence.of("type"))
    ) or asked.has("logic", "all")


def asks_for(asked: Asked, noun: str) -> bool:
    """True for "which company ...": the question word goes with this noun."""
    return any(
        mark.has("ask", "which", "what")
        and any(
            (other := asked.sentence.mark_at(place)) is not None and other.has("noun", noun)
            for place in (mark.end, mark.end + 1, mark.end + 2)
        )
        for mark in asked.sentence.marks
    )


def asks_for_sector(asked: Asked) -> bool:
    """True for "which banks ...": the question word goes with a sector."""
    return any(
        mark.has("ask", "which", "what")
        and any(
            (other := asked.sentence.mark_at(place)) is not None and other.has("sector") for place in (mark.end, mark.end + 1)
        )
        for mark in asked.sentence.marks
    )
