"""Cut an article into chunks at headings and sentence ends, as exact spans of its text.

Every span is ``(start, end)`` with ``text[start:end]``; spans are in order, do not overlap, carry no white space at their
ends, and together hold every character that is not white space.
"""

import re

CHUNK = 700  # characters aimed at: about 110 English or 100 Bengali words, a paragraph or two
LONGEST_SENTENCE = 1200  # characters; text without any punctuation is cut at spaces here

Span = tuple[int, int]

_END = re.compile(r"[।॥?!…]+[\"'”’)\]]*|\.+[\"'”’)\]]*(?=\s|$)|\n+")
# Words whose full stop ends no sentence: titles, company forms, months, Latin short forms; Bengali titles.
_SHORT = frozenset(
    "mr mrs ms dr prof st sr jr inc corp co ltd llc plc vs etc no fig approx est dept gov gen sen rep hon jan feb mar apr jun "
    "jul aug sep sept oct nov dec e.g i.e cf al vol pp bn mn u.s u.k u.n a.m p.m ph.d".split()
) | frozenset("ড ডা মো মোঃ মি মিসেস অধ্যা প্রফে লি কো ইঞ্জি সে খ্রি".split())
_LAST_WORD = re.compile(r"(\S+)$")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences; a heading or a line of a list is a sentence of its own."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and not _ends_sentence(text, match.start(), match.end()):
            continue
        _append(spans, text, start, match.start() if text[match.start()] == "\n" else match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def headings(text: str) -> tuple[tuple[int, str], ...]:
    """Return where each Markdown heading begins, with its words."""
    return tuple((match.start(), match[1]) for match in _HEADING.finditer(text))


def split(text: str, size: int = CHUNK) -> tuple[Span, ...]:
    """Return the spans of the chunks: whole sentences up to about ``size`` characters, a heading opening a new chunk."""
    opens = {position for position, _ in headings(text)}
    chunks: list[Span] = []
    start = end = -1
    for first, last in sentences(text):
        fits = start >= 0 and last - start <= size and first not in opens
        if fits or (start in opens and _is_heading_only(text[start:end])):
            end = last
            continue
        if start >= 0:
            chunks.append((start, end))
        start, end = first, last
    if start >= 0:
        chunks.append((start, end))
    return tuple(chunks)


def _is_heading_only(piece: str) -> bool:
    return "\n" not in piece


def _ends_sentence(text: str, stop: int, after: int) -> bool:
    """True unless the full stop belongs to a short form, an initial or a number."""
    word = _LAST_WORD.search(text, max(0, stop - 24), stop)
    if word is None:
        return True
    bare = word[1].strip("\"'“”‘’([").casefold()
    if bare in _SHORT or (len(bare) == 1 and bare.isalpha()):
        return False
    return not (re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", bare) and not _capital_follows(text, after))


def _capital_follows(text: str, after: int) -> bool:
    following = text[after : after + 2].strip()
    return not following or following[0].isupper()


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add the trimmed span, cut at spaces where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        _append(spans, text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        spans.append((start, end))
