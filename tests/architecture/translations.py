"""What is not yet said in the other languages; run as a module it prints that."""

import sys
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from marketplace.foundation.language import LANGUAGES

TOP = Path(__file__).parents[2]
METHODS = {"marketplace": ("**.py", "python"), "templates": ("**", "jinja2")}
KEYWORDS = DEFAULT_KEYWORDS | {"lazy": None}
OTHERS = sorted(set(LANGUAGES) - {"de"})


def messages():
    """Gives every German text that goes through a translation; plurals as tuples."""
    return {
        message
        for folder, method in METHODS.items()
        for _, _, message, *_ in extract_from_dir(
            TOP / folder, [method], None, KEYWORDS
        )
    }


def translated(language):
    """Gives what a catalogue says in full; a fuzzy entry is a guess, not a text."""
    catalogue = TOP / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not catalogue.exists():
        return set()
    with catalogue.open("rb") as file:
        return {
            message.id
            for message in read_po(file, locale=language)
            if not message.fuzzy and is_full(message.string)
        }


def is_full(string):
    return all(string) if isinstance(string, tuple) else bool(string)


def untranslated(language):
    return sorted(messages() - translated(language), key=str)


def main():
    for language in OTHERS:
        missing = untranslated(language)
        lines = [f"{language}: {len(missing)} texts are missing", *map(str, missing)]
        sys.stdout.write("\n  ".join(lines) + "\n")
    sys.exit(any(map(untranslated, OTHERS)))


if __name__ == "__main__":
    main()
