"""The table of what is kept how long; each row calls the feature that keeps it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.forgetting import (
    FAILED,
    FAILED_DAYS,
    LINKS,
    SHORT_DAYS,
    at_rest_before,
    declared_days_before,
    forget_declared_days,
    placements_before,
)
from marketplace.encounters.introductions.services.forgetting import over_before
from marketplace.encounters.papers.services.forgetting import codes_before, forget_codes
from marketplace.encounters.partnerships.services.forgetting import forget_pairs
from marketplace.foundation.language import lazy
from marketplace.matching.partners.services.digesting import (
    REST_DAYS,
    forget_showings,
    showings_before,
)
from marketplace.matching.rounds.services.forgetting import (
    KEPT_DAYS,
    forget_rounds,
    rounds_before,
)
from marketplace.people.accounts.enums import STAFF, Role
from marketplace.people.accounts.services.forgetting import (
    unconfirmed_before,
    unseen_before,
)
from marketplace.postings.internships.queries import declarations_before
from marketplace.postings.internships.services import forget_declarations
from marketplace.stewardship.moderation.queries import reports_closed_before
from marketplace.stewardship.moderation.services import forget_reports
from marketplace.stewardship.privacy.queries import (
    deletions_before,
    not_told,
    told_before,
)
from marketplace.stewardship.privacy.rules import (
    days,
    months,
    school_year_and,
    to_end_of_january,
)
from marketplace.stewardship.privacy.services.erasing import (
    erase_accounts,
    erase_applications,
    erase_placements,
)
from marketplace.stewardship.privacy.services.filing import old_backups, old_logs
from marketplace.stewardship.privacy.services.keeping import Files, Rows, Rule
from marketplace.stewardship.privacy.services.noting import forget_deletions
from marketplace.stewardship.privacy.services.swept import DELETED, SWEPT
from marketplace.stewardship.privacy.services.telling import (
    NOTICE,
    OTHER_MONTHS,
    PUPIL_MONTHS,
    tell_of_leaving,
)
from marketplace.stewardship.vetting.queries import notes_ended_before
from marketplace.stewardship.vetting.services import forget_notes
from marketplace.upkeep.audit.queries import entries_before
from marketplace.upkeep.audit.services import forget_entries
from marketplace.upkeep.mail.queries import (
    letters_gone_before,
    letters_waiting_since,
    links_ended_before,
)
from marketplace.upkeep.mail.services import forget_letters, forget_links

_S = ApplicationState
PUPILS = frozenset({Role.PUPIL})
OTHERS = frozenset(Role) - PUPILS - STAFF
COMPLAINTS = "§ 15 Abs. 4 AGG, § 61b ArbGG"

Due = Callable[[date], Select[Any]]


def _at_rest(states: Collection[ApplicationState]) -> Rows:
    return Rows(lambda day: at_rest_before(states, day), erase_applications)


def _plain(due: Due, act: Callable[[Sequence[int]], None]) -> Rows:
    """For services that need no clock."""

    def done(ids: Sequence[int], _at: datetime) -> None:
        act(ids)

    return Rows(due, done)


def _to_tell(roles: frozenset[Role]) -> Rows:
    return Rows(lambda day: not_told(unseen_before(roles, day)), tell_of_leaving)


def _to_go(roles: frozenset[Role], count: int) -> Rows:
    """Accounts whose people were told at least a month ago and have not come back."""

    def due(day: date) -> Select[Any]:
        told_until = day + relativedelta(months=count) - NOTICE
        return told_before(unseen_before(roles, day), told_until)

    return Rows(due, erase_accounts)


RULES: tuple[Rule, ...] = (
    Rule(
        name="drafts",
        record=lazy("Entwurf einer Bewerbung"),
        term=days(SHORT_DAYS),
        since=lazy("letzte Änderung"),
        then=DELETED,
        work=_at_rest({_S.DRAFT}),
    ),
    Rule(
        name="refused",
        record=lazy("Bewerbung, die die Eltern nicht freigegeben haben"),
        term=days(SHORT_DAYS),
        since=lazy("Ablehnung"),
        then=DELETED,
        work=_at_rest({_S.REFUSED}),
    ),
    Rule(
        name="unapproved",
        record=lazy("Bewerbung ohne Antwort der Eltern"),
        term=days(SHORT_DAYS),
        since=lazy("Ende der Frist, da werden die Angaben schon geleert"),
        then=DELETED,
        work=_at_rest({_S.UNAPPROVED}),
    ),
    Rule(
        name="failed",
        record=lazy(
            "Abgelehnte, unbeantwortete, verpasste, abgesagte oder zurückgezogene "
            "Bewerbung"
        ),
        term=days(FAILED_DAYS),
        since=lazy("Absage oder Rückzug"),
        then=DELETED,
        law=COMPLAINTS,
        work=_at_rest(FAILED),
    ),
    Rule(
        name="placements",
        record=lazy("Praktikum mit Papieren, Anwesenheit und Nachrichten"),
        term=school_year_and(1),
        since=lazy("Ende des Schuljahres"),
        then=lazy("gelöscht, eine Zahl ohne Namen bleibt"),
        work=Rows(placements_before, erase_placements),
    ),
    Rule(
        name="rounds",
        record=lazy("Wünsche, Freigaben, Listen und Ergebnisse einer Verteilrunde"),
        term=days(KEPT_DAYS),
        since=lazy("Veröffentlichung"),
        then=lazy("gelöscht, Zahlen ohne Namen bleiben"),
        work=_plain(rounds_before, forget_rounds),
    ),
    Rule(
        name="check_codes",
        record=lazy("Prüfcode eines Nachweises, ohne Angaben zur Person"),
        term=months(60),
        since=lazy("Ausstellung"),
        then=DELETED,
        work=_plain(codes_before, forget_codes),
    ),
    Rule(
        name="holiday_days",
        record=lazy("Angegebene Ferientage aus anderen Praktika"),
        term=to_end_of_january(),
        since=lazy("Ende des Jahres"),
        then=lazy("geleert"),
        law="§ 5 Abs. 4 JArbSchG",
        work=_plain(declared_days_before, forget_declared_days),
    ),
    Rule(
        name="declarations",
        record=lazy("Erklärung von Betreuenden nach § 25 JArbSchG"),
        term=months(24),
        since=lazy("Erklärung, sie gilt 12 Monate"),
        then=lazy("geleert"),
        law="§ 25 JArbSchG",
        work=_plain(declarations_before, forget_declarations),
    ),
    Rule(
        name="conduct",
        record=lazy("Notiz zu einem gesehenen Führungszeugnis"),
        term=months(6),
        since=lazy("Ende der Aufgabe; sofort, wenn nichts daraus wird"),
        then=DELETED,
        law="§ 72a Abs. 5 SGB VIII",
        work=_plain(notes_ended_before, forget_notes),
    ),
    Rule(
        name="introductions",
        record=lazy("Vorstellung und Partnerschaft mit Protokoll, Personen ungenannt"),
        term=months(24),
        since=lazy("Ende von allem, was daraus wurde"),
        then=DELETED,
        work=_plain(over_before, forget_pairs),
    ),
    Rule(
        name="digests",
        record=lazy("Welche Partner ein Montagsbrief gezeigt hat"),
        term=days(REST_DAYS),
        since=lazy("Brief"),
        then=DELETED,
        work=_plain(showings_before, forget_showings),
    ),
    Rule(
        name="unconfirmed",
        record=lazy("Konto mit unbestätigter Adresse"),
        term=days(14),
        since=lazy("Eröffnung"),
        then=DELETED,
        work=Rows(unconfirmed_before, erase_accounts),
    ),
    Rule(
        name="pupils_told",
        record=lazy("Ungenutztes Konto von Schülerinnen und Schülern"),
        term=months(PUPIL_MONTHS - 1),
        since=lazy("letzte Anmeldung"),
        then=lazy("Hinweis per Brief"),
        work=_to_tell(PUPILS),
    ),
    Rule(
        name="pupils",
        record=lazy("Dasselbe, wenn sich danach niemand anmeldet"),
        term=months(PUPIL_MONTHS),
        since=lazy("letzte Anmeldung"),
        then=lazy("gelöscht mit allem, was dazugehört"),
        work=_to_go(PUPILS, PUPIL_MONTHS),
    ),
    Rule(
        name="others_told",
        record=lazy("Ungenutztes Konto von Eltern, Organisationen und Schulen"),
        term=months(OTHER_MONTHS - 1),
        since=lazy("letzte Anmeldung"),
        then=lazy("Hinweis per Brief"),
        work=_to_tell(OTHERS),
    ),
    Rule(
        name="others",
        record=lazy("Dasselbe, wenn sich danach niemand anmeldet"),
        term=months(OTHER_MONTHS),
        since=lazy("letzte Anmeldung"),
        then=lazy("gelöscht, der Verlauf nennt „Ehemaliges Mitglied“"),
        work=_to_go(OTHERS, OTHER_MONTHS),
    ),
    *SWEPT,
    Rule(
        name="reports",
        record=lazy("Meldung mit Entscheidung"),
        term=months(24),
        since=lazy("Entscheidung"),
        then=DELETED,
        work=_plain(reports_closed_before, forget_reports),
    ),
    Rule(
        name="audit",
        record=lazy("Protokoll, Personen nur als Nummer"),
        term=months(24),
        since=lazy("Eintrag"),
        then=DELETED,
        work=_plain(entries_before, forget_entries),
    ),
    Rule(
        name="letters",
        record=lazy("Verschickter Brief im Postausgang"),
        term=days(14),
        since=lazy("Versand, da wird der Text schon geleert"),
        then=DELETED,
        work=_plain(letters_gone_before, forget_letters),
    ),
    Rule(
        name="stuck_letters",
        record=lazy("Brief, der nicht hinausging"),
        term=days(150),
        since=lazy("Entstehung"),
        then=DELETED,
        work=_plain(letters_waiting_since, forget_letters),
    ),
    Rule(
        name="links",
        record=lazy("Link aus einem Brief"),
        term=days(30),
        since=lazy("Ende der Gültigkeit"),
        then=DELETED,
        # Those of an application go with it: a guardian may come back by hers.
        work=_plain(lambda day: links_ended_before(day, but=LINKS), forget_links),
    ),
    Rule(
        name="logs",
        record=lazy("Protokolldatei des Servers"),
        term=days(14),
        since=lazy("letzter Eintrag"),
        then=DELETED,
        work=Files(old_logs),
    ),
    Rule(
        name="backups",
        record=lazy("Sicherung im Ordner der Anwendung"),
        term=days(35),
        since=lazy("Sicherung"),
        then=DELETED,
        work=Files(old_backups),
    ),
    Rule(
        name="deletions",
        record=lazy("Liste der Löschungen, nur Nummern"),
        term=days(36),
        since=lazy("Löschung"),
        then=DELETED,
        work=_plain(deletions_before, forget_deletions),
    ),
)
BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}
