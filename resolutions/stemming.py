"""Porter's stemmer, in the variant that SQLite's full-text index uses: "report", "reports", "reporting" share a stem.

The databases stem what they search; this one finds the same words again in Python, to mark them on a page.
`resolutions/tests/test_stemming.py` holds the three to each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# A consonant is what is not a vowel; y is a vowel after a consonant. Measure m counts vowel-consonant pairs.
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "logi": "log", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate",
    "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive",
    "biliti": "ble",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = dict.fromkeys((
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize",
), "")  # fmt: skip
_LONGEST = 64
_SHORTEST = 3


def stem(word: str) -> str:
    """Give the stem of a word.

    Args:
        word: one word in lower case without accents.

    Returns:
        The stem; the word itself where it is shorter than three letters or longer than any real one.
    """
    if not _SHORTEST <= len(word.encode()) <= _LONGEST:
        return word
    word = _plural(word)
    word = _past_and_gerund(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replace(word, _STEP_2, lambda rest: _measure(rest) > 0)
    word = _replace(word, _STEP_3, lambda rest: _measure(rest) > 0)
    word = _replace(word, _STEP_4, lambda rest: _measure(rest) > 1)
    return _final_letters(word)


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")) and len(word) > (4 if word.endswith("sses") else 3):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past_and_gerund(word: str) -> str:
    if word.endswith("eed") and len(word) > len("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        rest = word.removesuffix(suffix)
        if rest not in ("", word) and _has_vowel(rest):
            break
    else:
        return word
    if len(rest) > 2 and rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if len(rest) > 1 and rest[-1] == rest[-2] and rest[-1] not in "aeioulsz":
        return rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _ends_short(rest) else rest


def _replace(word: str, endings: dict[str, str], allowed: Callable[[str], bool]) -> str:
    suffix = max((each for each in endings if word.endswith(each) and len(word) > len(each)), key=len, default="")
    rest = word[: len(word) - len(suffix)]
    if not suffix or not allowed(rest) or (suffix == "ion" and not rest.endswith(("s", "t"))):
        return word
    return rest + endings[suffix]


def _final_letters(word: str) -> str:
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _ends_short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word


def _shape(word: str) -> str:
    """Write the word as consonants and vowels: "bureau" gives CVCVVV."""
    shape = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("C"))
        shape += "V" if vowel else "C"
    return shape


def _has_vowel(word: str) -> bool:
    return "V" in _shape(word)


def _measure(word: str) -> int:
    return len(re.findall("V+C+", _shape(word)))


def _ends_short(word: str) -> bool:
    """Tell whether it ends like "hop": consonant, vowel, consonant, the last not w, x or y."""
    return _shape(word).endswith("CVC") and word[-1] not in "wxy"
