"""A gap in words: how much is missing, and why."""

from marketplace.foundation.language import _, ngettext
from marketplace.matching.gaps.enums import GapReason
from marketplace.matching.gaps.models import Gap
from marketplace.matching.gaps.rules import is_underway
from marketplace.region.lines.rules import amount_of


def gap_words(gap: Gap) -> str:
    """How much is missing and why; of what is asked for nothing is missing."""
    if is_underway(gap):
        return missing_words(gap)
    return f"{missing_words(gap)}; {reason_words(gap)}"


def missing_words(gap: Gap) -> str:
    """How much of how much is missing: "8 von 12 Stück fehlen"."""
    if is_underway(gap):
        return _("wird gerade angefragt oder verabredet")
    if gap.asked is None:
        return _("Die Menge ist offen, niemand gibt es bisher")
    whole, missing = (amount_of(gap.kind, n) for n in (gap.asked, gap.missing or 0))
    words: str
    if gap.missing == gap.asked:
        words = ngettext(
            "%(whole)s fehlt ganz", "%(whole)s fehlen ganz", gap.asked, whole=whole
        )
    else:
        words = ngettext(
            "%(missing)s von %(whole)s fehlt",
            "%(missing)s von %(whole)s fehlen",
            gap.missing or 0,
            missing=missing,
            whole=whole,
        )
    if not gap.underway:
        return words
    asked = amount_of(gap.kind, gap.underway)
    return _("%(words)s, %(asked)s angefragt", words=words, asked=asked)


def reason_words(gap: Gap) -> str:
    """Why, as one would say it on the telephone."""
    if gap.reason is GapReason.TOO_FAR and gap.nearest_km is not None:
        return _("das nächste Unternehmen ist %(km)s km entfernt", km=gap.nearest_km)
    if gap.reason is GapReason.DECLINED and gap.decline_code:
        code = gap.decline_code.label
        return _("angefragt und abgesagt, meist: %(code)s", code=code)
    return _SENTENCES[gap.reason]()


_SENTENCES = {
    GapReason.NO_KIND: lambda: _("kein Unternehmen gibt das bisher"),
    GapReason.NO_ITEM: lambda: _("kein Unternehmen gibt genau das"),
    GapReason.TOO_FAR: lambda: _("die Unternehmen sind zu weit entfernt"),
    GapReason.WRONG_TOPIC: lambda: _("das nächste Unternehmen will ein anderes Thema"),
    GapReason.WRONG_AUDIENCE: lambda: _(
        "das nächste Unternehmen will eine andere Zielgruppe"
    ),
    GapReason.TIME: lambda: _("das nächste Unternehmen kann nur in anderen Monaten"),
    GapReason.NOT_STATED: lambda: _("eine Seite macht keine Angaben dazu"),
    GapReason.AMOUNT_TOO_SMALL: lambda: _("was es in der Nähe gibt, reicht nicht"),
    GapReason.SAFEGUARDING: lambda: _(
        "dem nächsten Unternehmen fehlt die Erklärung zum Schutz Minderjähriger"
    ),
    GapReason.FULL: lambda: _("passende Unternehmen sind ausgelastet"),
    GapReason.NO_ANSWER: lambda: _("angefragt, aber ohne Antwort"),
    GapReason.DECLINED: lambda: _("angefragt und abgesagt"),
}
