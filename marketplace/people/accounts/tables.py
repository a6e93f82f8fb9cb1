from importlib.resources import files

# What a guesser tries here first; zxcvbn's own lists know English best.
GUESSED_WORDS = frozenset(
    files("marketplace.people.accounts")
    .joinpath("guessed_words.txt")
    .read_text("utf-8")
    .split()
)
# How the browsers and systems of most people name themselves; the first that fits.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
