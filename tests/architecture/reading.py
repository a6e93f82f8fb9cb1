"""How hard fixed texts are to read: words a sentence, and the figure of Amstad.

Run as a module it prints the table.
"""

import re
import sys
from collections import defaultdict
from typing import NamedTuple

from babel.messages.extract import extract_from_dir

from tests.architecture.translations import KEYWORDS, METHODS, TOP
from tests.architecture.wording import DU, EXPRESSION

# What does not say "du" keeps the limits for everybody else.
# Voice: most words a sentence on average, least Amstad.
LIMITS = {"du": (15, 60), "Sie": (20, 45)}
# Shorter sentences are labels ("Zeitraum:"); in texts of fewer words one long word
# decides, so these are measured together.
FEWEST_WORDS, FEWEST_IN_A_TEXT = 3, 25
LINK = re.compile(r"https?://\S+|\{\{ ?\w*url.*?\}\}", re.DOTALL)
SLOT = re.compile(r"%\(\w+\)[sd]|\{\{.*?\}\}|#[\w.]+(?:\([^)]*\))?")
TAG = re.compile(r"<[^>]+>|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Full stops that end no sentence: "Abs. 2", "z. B.", "8. Februar", "1.200".
INNER = re.compile(r"\b(Abs|Nr|Art|bzw|z|B|Std|Min|Mo|ca)\.|(?<=\d)\.")
END = re.compile(r"[.!?:](?=\s|$)|\n\s*\n")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß0-9][\w-]*")
# Two vowels that are said as one count as one.
VOWELS = re.compile(r"aa|ee|oo|ie|ei|ai|au|äu|eu|[aeiouyäöü]", re.IGNORECASE)
PARAGRAPH = re.compile(r"\([^()]*(?:§|Art\.)[^()]*\)")


class Figures(NamedTuple):
    """What a text measures; a text without a sentence measures nothing."""

    sentences: int
    words_a_sentence: float
    amstad: float


def figures(texts):
    """Measures texts together: 180 - words a sentence - 58.5 syllables a word."""
    found = [words for text in texts for words in sentences(text)]
    words = [word for sentence in found for word in sentence]
    if not words:
        return Figures(0, 0.0, 180.0)
    length = len(words) / len(found)
    syllables = sum(map(syllables_of, words)) / len(words)
    return Figures(len(found), round(length, 1), round(180 - length - 58.5 * syllables))


def sentences(text):
    """The words of each sentence; labels, headings and "Danke." are none."""
    plain = TAG.sub(" ", SLOT.sub("Wort", LINK.sub("", PARAGRAPH.sub("", text))))
    plain = INNER.sub(r"\1", plain)
    start = 0
    for end in END.finditer(plain):
        words = WORD.findall(plain[start : end.start()])
        start = end.end()
        if len(words) >= FEWEST_WORDS and end[0] in ".!?:":
            yield words


def syllables_of(word):
    return max(1, len(VOWELS.findall(word)))


def voice_of(texts):
    return (
        "du" if any(DU.search(EXPRESSION.sub(" ", text)) for text in texts) else "Sie"
    )


def texts_by_file():
    """The fixed texts of each file: messages, letters and documents."""
    found = defaultdict(list)
    for folder, method in METHODS.items():
        rows = extract_from_dir(TOP / folder, [method], None, KEYWORDS)
        for path, _, message, *_ in rows:
            texts = message if isinstance(message, tuple) else (message,)
            found[f"{folder}/{path}"] += texts
    for pattern in ("templates/mails/*.txt", "templates/documents/*.typ"):
        for path in TOP.glob(pattern):
            found[path.relative_to(TOP).as_posix()] = [path.read_text("utf-8")]
    return found


def table(texts):
    """The figures of each file and voice; what says little stands in one last row."""
    rows = {}
    for voice in LIMITS:
        little = []
        for name, spoken in texts.items():
            own = [text for text in spoken if voice_of([text]) == voice]
            row = figures(own)
            if row.sentences * row.words_a_sentence >= FEWEST_IN_A_TEXT:
                rows[name, voice] = row
            else:
                little += own
        rows["all that says little", voice] = figures(little)
    return {key: row for key, row in rows.items() if row.sentences}


def too_hard(rows):
    """The rows beyond the limits of their voice."""
    return {
        key: row
        for key, row in rows.items()
        if row.words_a_sentence > LIMITS[key[1]][0] or row.amstad < LIMITS[key[1]][1]
    }


def main():
    """Prints the one table, the hardest first."""
    rows = sorted(table(texts_by_file()).items(), key=lambda pair: pair[1].amstad)
    for (name, voice), row in rows:
        sys.stdout.write(
            f"{row.amstad:4.0f} {row.words_a_sentence:5.1f} {row.sentences:4} "
            f"{voice:3} {name}\n"
        )


if __name__ == "__main__":
    main()
