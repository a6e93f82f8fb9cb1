"""What words sound like, and how far two are apart: for typing errors; pure."""

import re

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Longer words have too many neighbours to ask for each.
LONGEST_EDITED = 24
# As much as is kept of one; an x sounds like two signs.
LONGEST_SOUND = 60
# Kölner Phonetik (Postel 1969), over folded letters; c and x have rules of their own.
_CODES = {
    **dict.fromkeys("aeijouy", "0"),
    "b": "1",
    "p": "1",
    **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    "m": "6",
    "n": "6",
    "r": "7",
    **dict.fromkeys("sz", "8"),
}
_DOUBLES = re.compile(r"(.)\1+")


def sound_of(folded: str) -> str:
    """The Cologne code of a folded word; equal for words that sound alike."""
    word = folded.replace("ph", "f").replace("sch", "s")
    codes = [
        _code(word[k - 1 : k], sign, word[k + 1 : k + 2]) for k, sign in enumerate(word)
    ]
    joined = _DOUBLES.sub(r"\1", "".join(codes))
    return (joined[:1] + joined[1:].replace("0", ""))[:LONGEST_SOUND]


def _code(before: str, sign: str, after: str) -> str:
    if sign == "c":
        is_hard = after and after in "ahkoqurlx" and before not in ("s", "z")
        return "4" if is_hard else "8"
    if sign in "dt" and after and after in "csz":
        return "8"
    if sign == "x":
        return "48"
    return _CODES.get(sign, sign if sign.isdigit() else "")


def edits_of(folded: str) -> set[str]:
    """The word and all that differ from it by one sign or two that changed places."""
    if len(folded) > LONGEST_EDITED:
        return {folded}
    cuts = [(folded[:k], folded[k:]) for k in range(len(folded) + 1)]
    gone = {head + tail[1:] for head, tail in cuts if tail}
    turned = {h + t[1] + t[0] + t[2:] for h, t in cuts if len(t) > 1}
    other = {h + sign + t[1:] for h, t in cuts if t for sign in LETTERS}
    more = {h + sign + t for h, t in cuts for sign in LETTERS}
    return {folded} | gone | turned | other | more


def distance(one: str, other: str) -> int:
    """How many signs are missing, wrong, too many, or changed places."""
    previous, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        last, previous, row = previous, row, [i]
        for j, wanted in enumerate(other, 1):
            ways = [row[-1] + 1, previous[j] + 1, previous[j - 1] + (sign != wanted)]
            if i > 1 and j > 1 and (sign, one[i - 2]) == (other[j - 2], wanted):
                ways.append(last[j - 2] + 1)
            row.append(min(ways))
    return row[-1]
