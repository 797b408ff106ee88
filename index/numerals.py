"""Numbers in words, in English, Bengali and Banglish: what each word is worth, and how the parts of a sum add up."""

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

_HUNDRED_JOINED = ("শত", "শো", "শ", "sho", "sh")  # joined to a number: পাঁচশ, দেড়শো, tinsho


def _table(rows: dict[str, str]) -> dict[str, Decimal]:
    """Return what each word is worth, from rows of words by value."""
    return {unicodedata.normalize("NFC", word): Decimal(value) for value, words in rows.items() for word in words.split()}


MAGNITUDES = _table(
    {
        "100": "hundred শত শো শ shoto sho",
        "1000": "thousand k হাজার hajar hazar",
        "100000": "lakh lakhs lac লাখ লক্ষ lokkho",
        "1000000": "million millions mn m mln মিলিয়ন",
        "10000000": "crore crores cr কোটি koti",
        "1000000000": "billion billions bn b bln বিলিয়ন",
        "1000000000000": "trillion trillions tn t trn ট্রিলিয়ন",
    }
)
SHORT_MAGNITUDES = frozenset("k m b t cr mn bn tn".split())  # a magnitude only directly after the digits
CARDINALS = _table(
    {
        "1": "one এক ek", "2": "two দুই দু dui", "3": "three তিন tin", "4": "four চার char", "5": "five পাঁচ panch pach",
        "6": "six ছয় choy choi", "7": "seven সাত shat sat", "8": "eight আট at aat", "9": "nine নয় noy noi",
        "10": "ten দশ dosh", "11": "eleven এগারো এগার egaro", "12": "twelve বারো বার baro",
        "13": "thirteen তেরো তের tero", "14": "fourteen চৌদ্দ choddo", "15": "fifteen পনেরো পনের ponero",
        "16": "sixteen ষোলো ষোল sholo solo", "17": "seventeen সতেরো সতের sotero", "18": "eighteen আঠারো আঠার atharo",
        "19": "nineteen উনিশ ঊনিশ unish", "20": "twenty বিশ কুড়ি bish kuri", "30": "thirty ত্রিশ তিরিশ trish tirish",
        "40": "forty চল্লিশ chollish collish", "50": "fifty পঞ্চাশ ponchash", "60": "sixty ষাট shait",
        "70": "seventy সত্তর sottor", "80": "eighty আশি ashi", "90": "ninety নব্বই nobboi",
        "21": "একুশ", "22": "বাইশ", "23": "তেইশ", "24": "চব্বিশ", "25": "পঁচিশ", "26": "ছাব্বিশ", "27": "সাতাশ", "28": "আটাশ",
        "29": "ঊনত্রিশ উনত্রিশ", "31": "একত্রিশ", "32": "বত্রিশ", "33": "তেত্রিশ", "34": "চৌত্রিশ", "35": "পঁয়ত্রিশ", "36": "ছত্রিশ",
        "37": "সাঁইত্রিশ", "38": "আটত্রিশ", "39": "ঊনচল্লিশ উনচল্লিশ", "41": "একচল্লিশ", "42": "বিয়াল্লিশ", "43": "তেতাল্লিশ",
        "44": "চুয়াল্লিশ", "45": "পঁয়তাল্লিশ", "46": "ছেচল্লিশ", "47": "সাতচল্লিশ", "48": "আটচল্লিশ", "49": "ঊনপঞ্চাশ উনপঞ্চাশ",
        "51": "একান্ন", "52": "বায়ান্ন", "53": "তিপ্পান্ন", "54": "চুয়ান্ন", "55": "পঞ্চান্ন", "56": "ছাপ্পান্ন", "57": "সাতান্ন",
        "58": "আটান্ন", "59": "ঊনষাট উনষাট", "61": "একষট্টি", "62": "বাষট্টি", "63": "তেষট্টি", "64": "চৌষট্টি", "65": "পঁয়ষট্টি",
        "66": "ছেষট্টি", "67": "সাতষট্টি", "68": "আটষট্টি", "69": "ঊনসত্তর উনসত্তর", "71": "একাত্তর", "72": "বাহাত্তর",
        "73": "তিয়াত্তর", "74": "চুয়াত্তর", "75": "পঁচাত্তর", "76": "ছিয়াত্তর", "77": "সাতাত্তর", "78": "আটাত্তর",
        "79": "ঊনআশি উনআশি", "81": "একাশি", "82": "বিরাশি", "83": "তিরাশি", "84": "চুরাশি", "85": "পঁচাশি", "86": "ছিয়াশি",
        "87": "সাতাশি", "88": "আটাশি", "89": "ঊননব্বই উননব্বই", "91": "একানব্বই", "92": "বিরানব্বই", "93": "তিরানব্বই",
        "94": "চুরানব্বই", "95": "পঁচানব্বই", "96": "ছিয়ানব্বই", "97": "সাতানব্বই", "98": "আটানব্বই", "99": "নিরানব্বই",
    }
)  # fmt: skip
_NO_FIGURE = frozenset({"at", "বার", "দু"})  # far more often "at", "time" and a prefix; numbers only where one is asked for
ENGLISH_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
ENGLISH_ONES = frozenset("one two three four five six seven eight nine".split())
BANGLISH_NUMBERS = frozenset(
    "ek dui tin char panch pach choy choi shat sat aat noy noi dosh egaro baro tero choddo ponero sholo solo sotero atharo "
    "unish bish kuri trish tirish chollish collish ponchash shait sottor ashi nobboi".split()
)
FRACTIONS = _table({"1.5": "দেড় der", "2.5": "আড়াই arai aray", "0.5": "আধা অর্ধ adha half"})
# What a word in front of a number adds to it (সাড়ে তিন is 3.5), and what it is worth before a magnitude alone.
_LEADS: dict[str, tuple[str, str]] = {
    word: (added, alone)
    for added, alone, words in (
        ("0.5", "", "সাড়ে সাড়ে sare saare share"),
        ("-0.25", "0.75", "পৌনে poune pouney"),
        ("0.25", "1.25", "সওয়া sowa showa"),
    )
    for word in unicodedata.normalize("NFC", words).split()
}
FIGURE_WORDS = (CARDINALS.keys() | FRACTIONS.keys()) - _NO_FIGURE
LEADS = frozenset(_LEADS)
BANGLISH_LEADS = frozenset({"share"})  # an English word too: a lead only before a Banglish number
LONE_LEADS = frozenset(word for word, (_, alone) in _LEADS.items() if alone)
JOINED_HUNDREDS = tuple(unicodedata.normalize("NFC", word) for word in _HUNDRED_JOINED)
_HALF = Decimal("0.5")


def small_number(word: str) -> int | None:
    """Return the value of a digit string of up to three digits, or of a number word in any script; None otherwise."""
    if word.isdecimal():
        return int(word) if len(word) < 4 else None
    return int(CARDINALS[word]) if word in CARDINALS else None


def led(lead: str, number: Decimal) -> Decimal:
    """Return a number with the word in front of it: সাড়ে 3 is 3.5, পৌনে 2 is 1.75."""
    return number + Decimal(_LEADS[lead][0])


def in_words(words: str) -> Decimal:
    """Return what number words are worth: "twenty-five", "half a", "সাড়ে তিন", "পাঁচশ"; raises KeyError for others."""
    parts = [part for part in words.casefold().replace("-", " ").split() if part not in ("a", "an")]
    if not parts:
        return Decimal(1)  # "a billion"
    if parts[0] in _LEADS:
        if not parts[1:]:
            return Decimal(_LEADS[parts[0]][1])
        number, hundreds = _one_word(parts[1])
        return led(parts[0], number) * hundreds  # সাড়ে তিনশ is 350
    return sum((number * hundreds for number, hundreds in map(_one_word, parts)), Decimal(0))


def _one_word(word: str) -> tuple[Decimal, int]:
    """Return the number of a word, and 100 where that is joined to it."""
    known = CARDINALS.get(word) or FRACTIONS.get(word)
    if known is not None:
        return known, 1
    joined = next((ending for ending in JOINED_HUNDREDS if word.endswith(ending)), "")
    if not joined:
        raise KeyError(word)
    return _one_word(word[: -len(joined)])[0], 100


def summed(terms: Iterable[tuple[Decimal, tuple[Decimal, ...]]]) -> Decimal:
    """Return what numbers with their magnitudes come to, each magnitude multiplying the smaller parts before it.

    ৭ কোটি ৩০ লাখ is 73,000,000; ১ লাখ ২০ হাজার কোটি is (100,000 + 20,000) crores.
    """
    parts: list[Decimal] = []
    for number, magnitudes in terms:
        parts.append(number)
        for magnitude in magnitudes:
            taken = [parts.pop()]  # what stands directly before is multiplied, however large
            while parts and parts[-1] < magnitude:
                taken.append(parts.pop())
            parts.append(sum(taken, Decimal(0)) * magnitude)
    return sum(parts, Decimal(0))


def goes_on(before: tuple[Decimal, tuple[Decimal, ...]], after: tuple[Decimal, tuple[Decimal, ...]]) -> bool:
    """True when a number with its magnitudes carries on the one directly before it, as smaller places of one sum."""
    if not before[1] or after[0] != after[0].to_integral_value():
        return False
    place, (number, magnitudes) = before[1][-1], after
    if not magnitudes:
        return place <= 1000 and number < place  # "2 thousand 500", not "5 billion 200 people"
    if magnitudes[0] < place:
        return number * magnitudes[0] < place
    return magnitudes[0] > place <= 10**5 and number < place  # ২ হাজার ৫০০ কোটি


def half_of(magnitudes: tuple[Decimal, ...]) -> Decimal:
    """Return what "and a half" after these magnitudes adds: half of all of them."""
    total = _HALF
    for magnitude in magnitudes:
        total *= magnitude
    return total
