from importlib.resources import files

# What a guesser tries here first; zxcvbn's own lists know English best.
GUESSED_WORDS = frozenset(
    files("marketplace.people.accounts")
    .joinpath("guessed_words.txt")
    .read_text("utf-8")
    .split()
)
