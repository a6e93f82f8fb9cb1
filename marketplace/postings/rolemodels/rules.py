from marketplace.foundation.text import source_name_of
from marketplace.postings.rolemodels.models import RoleModel

# So many answers tell of a person at least; so many are read at most.
FEWEST_ANSWERS, MOST_ANSWERS = 2, 6
# What the first bytes of a film say, and where they stand.
FILM_BEGINNINGS = {"video/mp4": (4, b"ftyp"), "video/webm": (0, b"\x1aE\xdf\xa3")}
MOST_FILM_BYTES = 80 * 1024 * 1024
MOST_SUBTITLE_BYTES = 200 * 1024


def has_film(rolemodel: RoleModel) -> bool:
    """Says whether there is a film to see, here or elsewhere."""
    return bool(rolemodel.film or rolemodel.film_link)


def film_host(rolemodel: RoleModel) -> str:
    """Who shows the film, named before anybody goes there; empty where we do."""
    return "" if rolemodel.film else source_name_of(rolemodel.film_link)


def film_type(content: bytes) -> str | None:
    """The kind of film some bytes are, by their beginning; None for anything else."""
    for content_type, (start, beginning) in FILM_BEGINNINGS.items():
        if content[start : start + len(beginning)] == beginning:
            return content_type
    return None


def are_subtitles(content: bytes) -> bool:
    """Says whether bytes are WebVTT, in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return text.startswith("WEBVTT") and "-->" in text and "\0" not in text
