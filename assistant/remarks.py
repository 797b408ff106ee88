"""The question among the sentences around it: greetings, excuses and stories before or after it are no part of it."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.linking import Linker, read_words
from assistant.sadhu import everyday_forms
from assistant.spoken import spoken_forms
from assistant.words import Lexicon, Word, said

_OPENING = 3  # words in which a request names what it wants: "please list"
_REMARK = 3  # words that a question after a remark has at least
_WHAT_IT_MEANS = "what it means"  # what "what is it" asks of a term
_SENTENCES = re.compile(r"(?<!\b[nN]o\.)(?<!\bvs\.)(?<!\bRs\.)(?<!\b[A-Z]\.)(?<=[.!?।;…])\s+")
_US_KIND = re.compile(  # the country, not the pronoun
    r"\b(?:US|U\.S\.)[ -]"
    r"(?=(?:tech|based|compan|firm|bank|cloud|chip|investor|start-?up|ai\b|lab|technolog|big|giant|hypersc|data))",
    re.IGNORECASE | re.ASCII,
)
_OF_DEALS = frozenset("deal type sector frame status measure topic term".split())


def question_alone(text: str, linker: Linker, lexicon: Lexicon) -> str:
    """Return what is asked, NFC: no remark around it, nothing that "rather than" sets aside; % as a word."""
    text = spoken_forms(everyday_forms(unicodedata.normalize("NFC", text)))
    return _asked(_after_colon(_without_remarks(text, linker, lexicon), linker))


def _without_remarks(text: str, linker: Linker, lexicon: Lexicon) -> str:
    """Return the last sentence that asks, where all others are mere remarks; the text as it is where they are not.

    A company of a remark stays only where the question points to it ("there", ওই কোম্পানি).
    """
    sentences = [one for one in _SENTENCES.split(text) if one.strip()]
    if len(sentences) < 2:
        return text
    asking = next((place for place in reversed(range(len(sentences))) if _asks(sentences[place])), None)
    others = [one for place, one in enumerate(sentences) if place != asking]
    if asking is None or not all(_is_remark(one, linker, lexicon) for one in others):
        return text
    if _speaks(sentences[asking], linker, lexicon):
        return _with_pointed(sentences[asking], others, linker)
    return _meaning_of(sentences[asking], others, lexicon) or text


def _meaning_of(question: str, remarks: Sequence[str], lexicon: Lexicon) -> str:
    """Return the term of a remark with the words that ask for its meaning: "I keep hearing of acquihires. What is it?"."""
    words = read_words(question)
    cues = (cue for cue in lexicon.find(words) if (cue.kind, cue.value) == ("intent", "meaning"))
    asked = next((question[words[cue.start].start : words[cue.end - 1].end] for cue in cues), "")
    if not asked and all(word.text in said("what_of_it") for word in words):
        asked = _WHAT_IT_MEANS
    told = ((read_words(remark), remark) for remark in remarks)
    terms = (
        remark[found[cue.start].start : found[cue.end - 1].end]
        for found, remark in told
        for cue in lexicon.find(found)
        if cue.kind == "term"
    )
    term = next(terms, "")
    return f"{term} {asked}?" if term and asked else ""


def _asks(sentence: str) -> bool:
    words = [word.text for word in read_words(sentence)]
    opens = set(words[:_OPENING]) & (said("asking") | said("heads")) - said("be")
    return sentence.rstrip().endswith("?") or bool(opens) or bool(set(words) & (said("wh") | said("begging")))


def _is_remark(sentence: str, linker: Linker, lexicon: Lexicon) -> bool:
    """True for a sentence on the speaker's own affairs, and for one that says nothing of deals or companies."""
    words = read_words(sentence)
    texts = {word.text for word in words}
    if sentence.rstrip().endswith("?") or not words or words[0].text in said("asking") | said("heads") | said("openers"):
        return _is_greeting(words, lexicon)
    if texts & said("wishing") and not texts & said("excusing"):
        return False
    return bool(texts & said("oneself")) or not _speaks(sentence, linker, lexicon)


def _is_greeting(words: Sequence[Word], lexicon: Lexicon) -> bool:
    spans = [cue for cue in lexicon.find(tuple(words)) if cue.kind == "smalltalk"]
    return sum(cue.end - cue.start for cue in spans) == len(words)


def _speaks(sentence: str, linker: Linker, lexicon: Lexicon) -> bool:
    """True when a sentence names a company or speaks of deals."""
    words = read_words(sentence)
    cues = lexicon.find(words, sounded=False)
    return any(cue.kind in _OF_DEALS for cue in cues) or any(one.how == "name" for one in linker.link(words))


def _with_pointed(question: str, remarks: Sequence[str], linker: Linker) -> str:
    """Return the question with the company of a remark to which it points."""
    words = read_words(question)
    named = {one.entity for one in linker.link(words)}
    pointing = [word for word in words if word.text in said("pointing")]
    if named and not pointing:
        return question
    told = (one for remark in remarks for one in linker.link(read_words(remark)) if one.how == "name")
    name = next((one.text for one in told if one.entity not in named), "")
    if not name:
        return question
    there = next((word for word in pointing if word.text == "there"), None)
    return f"{question[: there.start]}in {name}{question[there.end :]}" if there else f"{name}, {question}"


def _after_colon(text: str, linker: Linker) -> str:
    """Return the question after a remark and a colon, where it names all companies that the remark names."""
    remark, colon, rest = text.partition(": ")
    words = read_words(rest)
    starts = bool(words) and (words[0].text in said("asking") | said("heads") or words[0].stem in ("deal", "চুক্তি"))
    points = {word.text for word in words} & said("pointers")  # "Sums in rupees: which deals are those"
    weighed = {word.text for word in read_words(remark)} & said("versus")
    if not colon or not starts or len(words) <= _REMARK or points or weighed:
        return text
    named, again = ({one.entity for one in linker.link(read_words(part))} for part in (remark, rest))
    return rest if named <= again else text


def _asked(text: str) -> str:
    """Return what is asked: without what "rather than" sets aside; % as a word."""
    first, mark, rest = text.partition("? ")
    asks = {word.text for word in read_words(rest)} & (said("wh") | said("asking") | said("heads"))
    if mark and len(first.split()) > _REMARK and not asks and not re.search(r"[A-Z]\w|[\u0980-\u09ff]", rest):
        text = f"{first}?"
    text = re.sub(r"\b(?:rather than|as opposed to)\b[^,.;?]*", "", text)
    text = re.sub(r"(?:^|(?<=\s))#\s+(?=[a-z])", "number of ", text)
    text = _US_KIND.sub("American ", text)
    return re.sub(r"\b(what|which|how many|how much|koto|কত)\s*%", r"\1 percent", text, flags=re.IGNORECASE)
