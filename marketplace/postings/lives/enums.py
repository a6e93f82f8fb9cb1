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

    frozen: hidden by the office, from any public state, and back to it.
    listed: a hint from an import; a claim makes a draft of it.
    A draft is deleted by its people, a hint by the office; of what ended one copies.
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
    COPY = "copy", lazy("Kopieren, mit neuen Tagen")
    ARCHIVE = "archive", lazy("Ins Archiv legen")
    FREEZE = "freeze", lazy("Sperren")
    THAW = "thaw", lazy("Sperre aufheben")
    DELETE = "delete", lazy("Löschen")


class Side(StrEnum):
    """As whom somebody works on a posting."""

    MEMBER = "member"
    COORDINATION = "coordination"
    PROGRAM = "program"


@dataclass(frozen=True)
class Move:
    """Who may take this step, where it leads, and which letter tells of it.

    `to` is empty where the posting is gone, or back in the state before the freeze.
    """

    by: frozenset[Side]
    to: PostingState | None
    letter: str | None = None


_MEMBER = frozenset({Side.MEMBER})
_OFFICE = frozenset({Side.COORDINATION})
_PROGRAM = frozenset({Side.PROGRAM})
_S = PostingState

MOVES: Mapping[tuple[PostingState, Act], Move] = {
    (_S.DRAFT, Act.SUBMIT): Move(_MEMBER, _S.SUBMITTED, "posting_submitted"),
    (_S.SUBMITTED, Act.RETURN): Move(_OFFICE, _S.DRAFT, "posting_returned"),
    # By the program where the organisation is trusted.
    (_S.SUBMITTED, Act.PUBLISH): Move(
        _OFFICE | _PROGRAM, _S.PUBLISHED, "posting_published"
    ),
    (_S.PUBLISHED, Act.PAUSE): Move(_MEMBER | _PROGRAM, _S.PAUSED, "posting_paused"),
    (_S.PAUSED, Act.RESUME): Move(_MEMBER, _S.PUBLISHED),
    (_S.PUBLISHED, Act.FILL): Move(_PROGRAM, _S.FILLED),
    (_S.FILLED, Act.REOPEN): Move(_PROGRAM, _S.PUBLISHED),
    (_S.PUBLISHED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
    (_S.PAUSED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
    (_S.FILLED, Act.END): Move(_MEMBER | _PROGRAM, _S.ENDED),
    (_S.ENDED, Act.COPY): Move(_MEMBER, _S.ENDED),
    (_S.ENDED, Act.ARCHIVE): Move(_PROGRAM, _S.ARCHIVED),
    (_S.DRAFT, Act.DELETE): Move(_MEMBER, None),
    (_S.LISTED, Act.DELETE): Move(_OFFICE, None),
    **{
        (state, Act.FREEZE): Move(_OFFICE, _S.FROZEN, "posting_frozen")
        for state in (*PUBLIC_STATES, _S.ENDED, _S.LISTED)
    },
    (_S.FROZEN, Act.THAW): Move(_OFFICE, None, "posting_thawed"),
}
# What a person presses; the others the program takes by itself.
ACTS_OF_PEOPLE = (
    Act.SUBMIT,
    Act.PUBLISH,
    Act.RETURN,
    Act.PAUSE,
    Act.RESUME,
    Act.THAW,
    Act.COPY,
    Act.END,
    Act.FREEZE,
    Act.DELETE,
)
# What is asked before a step that others notice or that nothing brings back.
QUESTIONS: Mapping[Act, LazyString] = {
    Act.RETURN: lazy("Die Organisation bekommt Ihre Worte und kann ändern."),
    Act.END: lazy(
        "Der Eintrag endet für immer. 30 Tage lang sehen ihn noch alle, als beendet."
    ),
    Act.FREEZE: lazy(
        "Niemand sonst sieht den Eintrag mehr. Die Organisation bekommt Ihre Worte. "
        "Sie können die Sperre aufheben."
    ),
    Act.DELETE: lazy("Der Eintrag ist dann weg. Das lässt sich nicht zurückholen."),
}
# Said besides where people may have applied.
FROZEN_TO_APPLICANTS = lazy("Wer sich beworben hat, bekommt Nachricht.")
# Said of a submission that is public at once.
PUBLIC_AT_ONCE = lazy(
    "Veröffentlicht. Drei Ihrer Einträge sind geprüft, darum geht es jetzt ohne Warten."
)
# What is said once it is done.
DONE: Mapping[Act, LazyString] = {
    Act.SUBMIT: lazy("Eingereicht. Die Koordinationsstelle liest und meldet sich."),
    Act.PUBLISH: lazy("Veröffentlicht. Die Organisation bekommt einen Brief."),
    Act.RETURN: lazy("Zurückgegeben. Die Organisation bekommt Ihre Worte."),
    Act.PAUSE: lazy("Der Eintrag ruht. Sie können ihn jederzeit wieder öffnen."),
    Act.RESUME: lazy("Der Eintrag ist wieder offen."),
    Act.END: lazy("Der Eintrag ist beendet."),
    Act.COPY: lazy("Das ist die Kopie, ein Entwurf. Tragen Sie neue Tage ein."),
    Act.FREEZE: lazy("Gesperrt. Die Organisation bekommt einen Brief."),
    Act.THAW: lazy("Die Sperre ist aufgehoben. Die Organisation bekommt einen Brief."),
    Act.DELETE: lazy("Gelöscht."),
}
# What the lists of a posting are called in its history.
LIST_LABELS: Mapping[str, LazyString] = {
    "lines": lazy("Zeilen"),
    "periods": lazy("Zeiträume"),
    "breaks": lazy("Pausen"),
    "occupations": lazy("Berufe"),
    "answers": lazy("Fragen und Antworten"),
    "supervisors": lazy("Betreuung"),
    "merged": lazy("Zusammengeführt mit"),
    "parted": lazy("Wieder getrennt von"),
}
