from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy


class PostingState(NamedEnum):
    """How far a posting has come.

        submit             publish            pause
    draft ---> submitted ---------> published <-----> paused
      ^            |                 ^  |     resume    |
      +---return---+      reopen     |  | fill          | end
                          filled <---+--+               v
                             +---------end----------> ended ---> archived

    frozen: hidden by the office, from any public state, and back.
    listed: a hint from an import; a claim makes a draft of it.
    """

    DRAFT = "draft", lazy("Entwurf")
    SUBMITTED = "submitted", lazy("in Prüfung")
    PUBLISHED = "published", lazy("öffentlich")
    PAUSED = "paused", lazy("ruht")
    FILLED = "filled", lazy("alle Plätze vergeben")
    ENDED = "ended", lazy("beendet")
    ARCHIVED = "archived", lazy("im Archiv")
    FROZEN = "frozen", lazy("gesperrt")
    LISTED = "listed", lazy("Hinweis, nicht bestätigt")


# What the public finds in a list; those that rest bear a mark.
PUBLIC_STATES = (PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED)


class Act(NamedEnum):
    """What moves a posting on."""

    SUBMIT = "submit", lazy("Zur Prüfung einreichen")
    RETURN = "return", lazy("Mit Worten zurückgeben")
    PUBLISH = "publish", lazy("Veröffentlichen")
    PAUSE = "pause", lazy("Ruhen lassen")
    RESUME = "resume", lazy("Wieder öffnen")
    FILL = "fill", lazy("Als vergeben zeigen")
    REOPEN = "reopen", lazy("Wieder anbieten")
    END = "end", lazy("Beenden")


class Side(StrEnum):
    """As whom somebody works on a posting."""

    MEMBER = "member"
    COORDINATION = "coordination"
    PROGRAM = "program"


@dataclass(frozen=True)
class Move:
    """Who may take this step, where it leads, and which letter tells of it."""

    by: frozenset[Side]
    to: PostingState
    letter: str | None = None


_MEMBER = frozenset({Side.MEMBER})
_OFFICE = frozenset({Side.COORDINATION})
_PROGRAM = frozenset({Side.PROGRAM})
_S = PostingState

MOVES: Mapping[tuple[PostingState, Act], Move] = {
    (_S.DRAFT, Act.SUBMIT): Move(_MEMBER, _S.SUBMITTED, "posting_submitted"),
    (_S.SUBMITTED, Act.RETURN): Move(_OFFICE, _S.DRAFT, "posting_returned"),
    (_S.SUBMITTED, Act.PUBLISH): Move(_OFFICE, _S.PUBLISHED, "posting_published"),
    (_S.PUBLISHED, Act.PAUSE): Move(_MEMBER | _PROGRAM, _S.PAUSED),
    (_S.PAUSED, Act.RESUME): Move(_MEMBER, _S.PUBLISHED),
    (_S.PUBLISHED, Act.FILL): Move(_PROGRAM, _S.FILLED),
    (_S.FILLED, Act.REOPEN): Move(_PROGRAM, _S.PUBLISHED),
    (_S.PUBLISHED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
    (_S.PAUSED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
    (_S.FILLED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
}
# What a person presses; the others the program takes by itself.
ACTS_OF_PEOPLE = (
    Act.SUBMIT,
    Act.PUBLISH,
    Act.RETURN,
    Act.PAUSE,
    Act.RESUME,
    Act.END,
)
# What is asked before a step that others notice or that nothing brings back.
QUESTIONS: Mapping[Act, LazyString] = {
    Act.RETURN: lazy("Die Organisation bekommt Ihre Worte und kann ändern."),
    Act.END: lazy(
        "Der Eintrag endet für immer. 30 Tage lang sehen ihn noch alle, als beendet."
    ),
}
# What is said once it is done.
DONE: Mapping[Act, LazyString] = {
    Act.SUBMIT: lazy("Eingereicht. Die Koordinationsstelle liest und meldet sich."),
    Act.PUBLISH: lazy("Veröffentlicht. Die Organisation bekommt einen Brief."),
    Act.RETURN: lazy("Zurückgegeben. Die Organisation bekommt Ihre Worte."),
    Act.PAUSE: lazy("Der Eintrag ruht. Sie können ihn jederzeit wieder öffnen."),
    Act.RESUME: lazy("Der Eintrag ist wieder offen."),
    Act.END: lazy("Der Eintrag ist beendet."),
}
