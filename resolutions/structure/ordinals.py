"""Ordinal numbers as resolutions write them: "twenty-first", "twenty first", "21st", "one hundred and ninety-ninth"."""

from __future__ import annotations

import re

from resolutions.reading.ordinals import ordinal_text

_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CARDINAL_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_CARDINAL_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]


def _names() -> dict[str, int]:
    """Every ordinal from first to ninety-ninth, words joined by one blank."""
    names = {name: number for number, name in enumerate(_UNITS + _TEENS, start=1)}
    # "adopted by the ASP at its eighteen session" (ICC-ASP/20/Res.2, preamble): the ending is forgotten.
    names |= {name: number for number, name in enumerate(_CARDINAL_TEENS, start=10)}
    for tens, word in enumerate(_TENS, start=2):
        names[word[:-1] + "ieth"] = tens * 10
        names |= {f"{word} {unit}": tens * 10 + number for number, unit in enumerate(_UNITS, start=1)}
    return names


_NAMES = _names()
_CARDINALS = {name: number for number, name in enumerate(_CARDINAL_UNITS + _CARDINAL_TEENS, start=1)}
_JOINT = r"(?:\s+|\s?[-\u2010\u2011\u2013]\s?)"
_WORDS = "|".join(name.replace(" ", _JOINT) for name in sorted(_NAMES, key=len, reverse=True))

# To be set into larger patterns; the General Assembly's sessions pass one hundred in 2045.
ORDINAL = rf"(?:(?:one{_JOINT})?hundred(?:th|(?:{_JOINT}and)?{_JOINT}(?:{_WORDS}))|{_WORDS}|\d{{1,3}}(?:st|nd|rd|th))"
CARDINAL = r"(?:" + "|".join([*sorted(_CARDINALS, key=len, reverse=True), r"\d{1,3}"]) + ")"


def ordinal_number(words: str) -> int | None:
    """Read an ordinal.

    Args:
        words: the ordinal alone, in words with blanks or hyphens or in figures.

    Returns:
        Its number, 1 to 199 for words; None where it is no ordinal. "eighteen" is read as the misprint of
        "eighteenth" that it is before "session" (ICC-ASP/20/Res.2, preamble).
    """
    plain = re.sub(r"[\s\-\u2010\u2011\u2013]+", " ", words.strip().lower())
    if match := re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", plain):
        return int(match[1])
    hundred = re.fullmatch(r"(?:one )?hundred(?:th| (?:and )?(.+))", plain)
    if hundred is None:
        return _NAMES.get(plain)
    if hundred[1] is None:
        return 100
    rest = _NAMES.get(hundred[1])
    return None if rest is None else 100 + rest


def ordinal_words(number: int) -> str:
    """Write an ordinal as resolutions do, for example ``twenty-first``; in figures where it is above 199."""
    if number in _SPELLED:
        return _SPELLED[number]
    if 100 < number < 200:
        return f"one hundred and {_SPELLED[number - 100]}"
    if number == 100:
        return "one hundredth"
    return ordinal_text(number, "ordinal")


_SPELLED = {number: name.replace(" ", "-") for name, number in _NAMES.items() if name not in _CARDINAL_TEENS}
