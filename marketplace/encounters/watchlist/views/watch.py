from dataclasses import dataclass


@dataclass(frozen=True)
class Watch:
    """The button that keeps a thing or lets it go; of a guest, the way there."""

    title: str
    ask_link: str = ""
    press_link: str = ""
    is_kept: bool = False
