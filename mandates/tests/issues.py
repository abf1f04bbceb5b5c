"""A resolution that was issued again and again: reissued, corrected, revised; in wording of its own."""

from __future__ import annotations

SYMBOL = "ICC-ASP/19/Res.8"
HEAD = """Resolution {symbol}

Adopted at the 6th plenary meeting, on 16 December 2020, by consensus

{symbol}
Resolution on the archives of the Court

*The Assembly of States Parties,*

*Recalling* its earlier decisions on the archives,

"""
ARCHIVES = "*Requests* the Registry to report on the state of the archives to the Assembly at its twentieth session;"
STUDY = "*Invites* the Bureau to study where the archives could be kept;"
COSTS = "*Requests* the Committee on Budget and Finance to look into the costs at its thirty-sixth session;"
COPIES = "*Encourages* States Parties to keep copies of what they transmit;"
GUIDE = "*Requests* the Registry to publish a guide to the archives by 1 June 2021;"
REISSUED = "\n\n* Reissued for technical reasons.\n"


def written(*paragraphs: str, suffix: str = "", note: str = "") -> bytes:
    text = HEAD.format(symbol=SYMBOL + suffix)
    text += "\n\n".join(f"{number}. {words}" for number, words in enumerate(paragraphs, start=1))
    return (text + note + "\n").encode()


ORIGINAL = written(ARCHIVES, STUDY, COSTS, COPIES)
REISSUE = written(ARCHIVES, STUDY, COSTS.replace("thirty-sixth", "thirty-seventh"), COPIES, suffix="*")
REVISION = written(STUDY, COSTS, COPIES, GUIDE, suffix="/Rev.1")
SECOND = written(GUIDE, COPIES, suffix="/Rev.2")
CORRECTIONS = """Assembly of States Parties

{symbol}
Distr.: General
3 March 2021

Resolution on the archives of the Court

Corrigendum

"""
CORRIGENDUM = (
    CORRECTIONS.format(symbol=f"{SYMBOL}/Corr.1")
    + "1. Paragraph 1\n\nFor “twentieth session” read “twenty-first session”.\n\n"
    + "2. Delete paragraph 2 and renumber the subsequent paragraphs accordingly.\n"
).encode()
# Changes the text of the original: of a paragraph that it has, and of one that it does not have.
FURTHER = (
    CORRECTIONS.format(symbol=f"{SYMBOL}/Corr.2")
    + "1. For “keep copies” read “keep every copy”.\n\n2. Paragraph 9: for “Bureau” read “Court”.\n"
).encode()
OF_REVISION = (
    CORRECTIONS.format(symbol=f"{SYMBOL}/Rev.1/Corr.1") + "Paragraph 3: for “keep” read “maintain”.\n"
).encode()
# In the order of their numbers, in which they most likely arrive.
ISSUES = (ORIGINAL, REISSUE, CORRIGENDUM, FURTHER, REVISION, OF_REVISION, SECOND)
