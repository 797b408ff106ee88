"""Cut a text into sentences and chunks at sentence ends and headings, as exact spans.

Every span is ``(start, end)`` with ``text[start:end]``; spans are in order, do not overlap, carry no white space at their
ends, and together hold every character that is not white space. A sentence never crosses a line break: readers of files
join the lines of hard-wrapped paragraphs beforehand.
"""

import re
import unicodedata
from math import ceil

CHUNK = 700  # characters aimed at: about 110 English or 100 Bengali words, a paragraph or two
LONGEST_SENTENCE = 1200  # characters; text without any punctuation is cut at spaces here
_PARAGRAPH = 0.6  # share of the aimed size from which a chunk may end early at a paragraph's end

Span = tuple[int, int]

_CLOSERS = "[\"'”’»)\\]]*"
_END = re.compile(rf"[।॥]+{_CLOSERS}|[?!…]+{_CLOSERS}(?=\s|$)|\.+{_CLOSERS}(?=\s|$)|\n+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_LAST_WORD = re.compile(r"\S+$")
_NEXT_WORD = re.compile(r"[ \t]+[\"'“‘(\[]*(\S+)")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # u.s, e.g, ph.d and the like, without the last stop
_LINE_NUMBER = re.compile(r"\W*\d+$")  # of a numbered list

# Short forms after which a sentence always goes on: titles, and words that point at what follows.
_NEVER = frozenset(
    "mr mrs ms dr prof st hon gen gov sen rep col capt lt rev messrs vs cf approx est fig e.g i.e eq".split()
) | frozenset("ড ডা মো মোঃ মোসা মি মিসেস অধ্যা প্রফে ইঞ্জি মু মুহা আ খ্রি সে".split())
# Short forms only before a number; "no" and "sat" are words as well.
_BEFORE_NUMBER = frozenset("no nos vol pp p ch sec art jan feb mar apr jun jul aug sep sept oct nov dec নং পৃ".split())
# Short forms that may end a sentence: it ends when the next word is one that opens sentences.
_PERHAPS = frozenset("inc corp co ltd llc plc jr sr dept etc bn mn tn al bros intl লি কো কর্প ইনক".split())
_OPENERS = frozenset(
    "the a an it its in on at as by for from he she they we this that these those but and however meanwhile under if when "
    "while after before since although both neither there their his her our what why how who so yet still also".split()
)
# How the Latin letters are called in Bengali: initials, as in "এ. কে. এম."
_BENGALI_LETTERS = frozenset("এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি ডব্লিউ এক্স ওয়াই জেড".split())


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences; a heading or a line of a list is a sentence of its own."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        sign = text[match.start()]
        if sign in ".?!…" and not _ends_sentence(text, start, match):
            continue
        _append(spans, text, start, match.start() if sign == "\n" else match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def headings(text: str) -> tuple[tuple[int, str], ...]:
    """Return where each Markdown heading begins, with its words."""
    return tuple((match.start(), match[1]) for match in _HEADING.finditer(text))


def split(text: str, size: int = CHUNK) -> tuple[Span, ...]:
    """Return the spans of the chunks: whole sentences of one section, about ``size`` characters, even in length.

    A chunk is at most ``size`` characters long, or one sentence where that alone is longer; a heading opens a chunk
    and stands with the text below it.
    """
    opens = {position for position, _ in headings(text)}
    sections: list[list[Span]] = []
    for span in sentences(text):
        heading_only = sections and all(start in opens for start, _ in sections[-1])
        if not sections or (span[0] in opens and not heading_only):
            sections.append([])
        sections[-1].append(span)
    return tuple(chunk for section in sections for chunk in _pack(text, section, size, opens))


def _pack(text: str, section: list[Span], size: int, opens: set[int]) -> list[Span]:
    """Pack the sentences of a section into chunks of about the same length."""
    length = section[-1][1] - section[0][0]
    target = length / ceil(length / size)
    chunks: list[Span] = []
    start, end = section[0]
    body = start not in opens  # a heading is never a chunk alone
    for first, last in section[1:]:
        grown = end - start
        paragraph_ends = "\n" in text[end:first] and grown >= _PARAGRAPH * target
        if body and (last - start > size or grown >= target or (paragraph_ends and last - start > target)):
            chunks.append((start, end))
            start = first
        body = body or first not in opens
        end = last
    chunks.append((start, end))
    return chunks


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """True unless the sign belongs to a short form, an initial or a number, or the sentence visibly goes on."""
    following = _NEXT_WORD.match(text, match.end())
    after = following[1] if following else ""
    if after[:1].islower() and after == after.lower():  # xAI and iPhone may open a sentence
        return False
    if text[match.start()] != "." or (match.end() - match.start() > 1 and text[match.start() + 1] == "."):
        return True
    found = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    if found is None:
        return True
    if _LINE_NUMBER.match(text[start : match.start()].strip()):
        return False
    return not _is_short_form(found.group(), after)


def _is_short_form(word: str, after: str) -> bool:
    bare = word.strip("\"'“”‘’([").casefold()
    if bare in _NEVER or bare in _BENGALI_LETTERS:
        return True
    if bare in _BEFORE_NUMBER and len(bare) > 1:
        return after[:1].isdigit()
    if bare in _PERHAPS or _ABBREVIATED.fullmatch(bare) or (len(bare) == 1 and bare.isalpha()):
        return bool(after) and after.strip(",;:'\"").casefold() not in _OPENERS
    return False


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add the trimmed span, cut at spaces where it is too long."""
    while True:
        piece = text[start:end].rstrip()
        end = start + len(piece)
        start = end - len(piece.lstrip())
        if end - start <= LONGEST_SENTENCE:
            break
        cut = max(text.rfind(" ", start + 1, start + LONGEST_SENTENCE), text.rfind("\t", start + 1, start + LONGEST_SENTENCE))
        if cut <= start:
            cut = start + LONGEST_SENTENCE
            while cut > start + 1 and unicodedata.category(text[cut])[0] == "M":  # a vowel sign stays with its letter
                cut -= 1
        last = cut
        while text[last - 1].isspace():
            last -= 1
        spans.append((start, last))
        start = cut
    if end > start:
        spans.append((start, end))
