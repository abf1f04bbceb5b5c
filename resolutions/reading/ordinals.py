"""Ordinals as word processors and browsers print them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SIGNS = "*†‡§"


def ordinal_text(ordinal: int, form: str) -> str:
    """Write a number in one of the forms of ECMA-376 part 1, 17.18.59 (ST_NumberFormat).

    Args:
        ordinal: the number.
        form: ``decimal``, ``decimalZero``, ``lowerLetter``, ``upperLetter``, ``lowerRoman``, ``upperRoman``,
            ``ordinal``, ``chicago``, ``numberInDash`` or ``none``; others are written in digits.

    Returns:
        The number as printed; after z come aa, bb and cc, as in Word.
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{ordinal:02}"
    if form == "ordinal":
        teen = 10 <= ordinal % 100 <= 20
        return f"{ordinal}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(ordinal % 10, 'th')}"
    if form == "numberInDash":
        return f"- {ordinal} -"
    if not 0 < ordinal < 4000:
        return str(ordinal)
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (ordinal - 1) % 26) * ((ordinal - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(ordinal)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "chicago":
        return _SIGNS[(ordinal - 1) % 4] * ((ordinal - 1) // 4 + 1)
    return str(ordinal)


def _roman(ordinal: int) -> str:
    digits: list[str] = []
    for size, letters in _ROMAN:
        digits.append(letters * (ordinal // size))
        ordinal %= size
    return "".join(digits)
