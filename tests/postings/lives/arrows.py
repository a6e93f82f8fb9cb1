"""The life of a posting once more, written down apart from the program."""

# From, act: by whom, to ("back": where a freeze came from), letter.
ARROWS = {
    ("draft", "submit"): ("member", "submitted", "posting_submitted"),
    ("draft", "delete"): ("member", "gone", None),
    ("submitted", "return"): ("office", "draft", "posting_returned"),
    ("submitted", "publish"): ("office", "published", "posting_published"),
    ("published", "pause"): ("member", "paused", "posting_paused"),
    ("published", "end"): ("member", "ended", None),
    ("published", "freeze"): ("office", "frozen", "posting_frozen"),
    ("paused", "resume"): ("member", "published", None),
    ("paused", "end"): ("member", "ended", None),
    ("paused", "freeze"): ("office", "frozen", "posting_frozen"),
    ("filled", "end"): ("member", "ended", None),
    ("filled", "freeze"): ("office", "frozen", "posting_frozen"),
    ("ended", "copy"): ("member", "ended", None),
    ("ended", "freeze"): ("office", "frozen", "posting_frozen"),
    ("frozen", "thaw"): ("office", "back", "posting_thawed"),
    ("listed", "freeze"): ("office", "frozen", "posting_frozen"),
    ("listed", "delete"): ("office", "gone", None),
}
# What the program does by itself.
BY_ITSELF = {
    ("published", "pause"): "paused",
    ("published", "fill"): "filled",
    ("published", "end"): "ended",
    ("paused", "end"): "ended",
    ("filled", "reopen"): "published",
    ("filled", "end"): "ended",
    ("ended", "archive"): "archived",
}
ACTS = sorted({act for _state, act in ARROWS})
# Where a life may rest for good.
LAST = {"archived", "gone"}
