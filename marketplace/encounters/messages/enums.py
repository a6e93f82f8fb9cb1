from collections.abc import Mapping
from enum import StrEnum

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy


class Circle(StrEnum):
    """Between whom something is said."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Speaker(NamedEnum):
    """Who says something."""

    PUPIL = "pupil", lazy("Bewerbung")
    GUARDIAN = "guardian", lazy("Eltern")
    COMPANY = "company", lazy("Betrieb")


class Slot(StrEnum):
    """A gap in a sentence; the place is always that of the posting."""

    DAY = "day"
    STARTS = "starts_at"
    ENDS = "ends_at"
    PLACE = "place"
    PERSON = "person"
    THINGS = "things"


class Thing(NamedEnum):
    """What one may be asked to wear or to bring; new ones come last."""

    SHOES = "shoes", lazy("feste Schuhe")
    TROUSERS = "trousers", lazy("lange Hose")
    OLD_CLOTHES = "old_clothes", lazy("Kleidung, die schmutzig werden darf")
    WARM = "warm", lazy("warme Jacke")
    RAIN = "rain", lazy("Regenjacke")
    TIED_HAIR = "tied_hair", lazy("Haargummi für lange Haare")
    FOOD = "food", lazy("etwas zu essen")
    DRINK = "drink", lazy("etwas zu trinken")
    PENCIL = "pencil", lazy("Stift und Block")
    STUDENT_CARD = "student_card", lazy("Schülerausweis")
    PAPERS = "papers", lazy("die Papiere, die in der Anzeige stehen")


class Phrase(NamedEnum):
    """A sentence of a list; its label is what one picks it by."""

    WHERE = "where", lazy("Wo melde ich mich am ersten Tag?")
    CLOTHING = "clothing", lazy("Was soll ich anziehen und mitbringen?")
    HOURS = "hours", lazy("Wann beginnt und endet der Tag?")
    WHO = "who", lazy("Wer betreut mich?")
    LUNCH = "lunch", lazy("Wie läuft die Mittagspause?")
    TASKS = "tasks", lazy("Was mache ich an einem gewöhnlichen Tag?")
    VISIT = "visit", lazy("Kann ich vorher einmal vorbeikommen?")
    FRIEND = "friend", lazy("Kann ich zusammen mit jemandem kommen?")
    THANKS = "thanks", lazy("Danke, das hilft mir.")

    FIRST_DAY = "first_day", lazy("Wann und wo es losgeht")
    BRING = "bring", lazy("Anziehen und mitbringen")
    DAILY_HOURS = "daily_hours", lazy("Beginn und Ende des Tages")
    SUPERVISOR = "supervisor", lazy("Wer betreut")
    LUNCH_OWN = "lunch_own", lazy("Mittagspause: Essen mitbringen")
    LUNCH_HERE = "lunch_here", lazy("Mittagspause: Essen gibt es hier")
    AS_POSTED = "as_posted", lazy("Aufgaben: wie in der Anzeige")
    COME_BEFORE = "come_before", lazy("Vorher vorbeikommen: ja")
    NOT_BEFORE = "not_before", lazy("Vorher vorbeikommen: nein")
    TOGETHER = "together", lazy("Zu zweit kommen: ja")
    ALONE = "alone", lazy("Zu zweit kommen: nein")
    ASK_HOME = "ask_home", lazy("Bitte zu Hause besprechen")


# What the company says, with its gaps; what the pupil says is its label.
SENTENCES: Mapping[Phrase, LazyString] = {
    Phrase.FIRST_DAY: lazy(
        "Am %(day)s geht es um %(starts_at)s Uhr los. Ort: %(place)s. "
        "%(person)s erwartet dich."
    ),
    Phrase.BRING: lazy("Bitte denk an: %(things)s."),
    Phrase.DAILY_HOURS: lazy(
        "Der Tag beginnt um %(starts_at)s Uhr und endet um %(ends_at)s Uhr."
    ),
    Phrase.SUPERVISOR: lazy("%(person)s ist an allen Tagen für dich da."),
    Phrase.LUNCH_OWN: lazy("Bitte bring dir für die Pause etwas zu essen mit."),
    Phrase.LUNCH_HERE: lazy("In der Pause kannst du bei uns etwas zu essen kaufen."),
    Phrase.AS_POSTED: lazy(
        "Was du an einem gewöhnlichen Tag machst, steht in der Anzeige."
    ),
    Phrase.COME_BEFORE: lazy(
        "Komm am %(day)s um %(starts_at)s Uhr vorbei, gern mit deinen Eltern. "
        "Ort: %(place)s. %(person)s erwartet dich."
    ),
    Phrase.NOT_BEFORE: lazy("Vorher vorbeikommen geht leider nicht."),
    Phrase.TOGETHER: lazy("Ja, das geht. Bewerben müsst ihr euch beide."),
    Phrase.ALONE: lazy("Nein, zu zweit geht es leider nicht."),
    Phrase.ASK_HOME: lazy(
        "Bitte besprich das zu Hause. Deine Eltern können uns hier schreiben."
    ),
}
_MEETING = (Slot.DAY, Slot.STARTS, Slot.PLACE, Slot.PERSON)
SLOTS: Mapping[Phrase, tuple[Slot, ...]] = {
    Phrase.FIRST_DAY: _MEETING,
    Phrase.BRING: (Slot.THINGS,),
    Phrase.DAILY_HOURS: (Slot.STARTS, Slot.ENDS),
    Phrase.SUPERVISOR: (Slot.PERSON,),
    Phrase.COME_BEFORE: _MEETING,
}
ANSWERS = tuple(SENTENCES)
QUESTIONS = tuple(phrase for phrase in Phrase if phrase not in SENTENCES)
