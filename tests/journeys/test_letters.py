"""Words go to and fro; what is new in a search comes by letter, and ends by a link."""

from datetime import timedelta

from marketplace.encounters.applications.models import Application
from marketplace.encounters.messages.models import Message
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.overview.alerts.jobs import tell
from marketplace.overview.alerts.models import SavedSearch
from marketplace.postings.internships.models import Internship
from tests.journeys.stage import ADDRESS, PHONE, PLAIN

pytestmark = [PHONE, PLAIN]

MILA = "schuelerin@demo.example"


def talked_about(site):
    """The address of the application that has messages."""
    with site.app.app_context():
        message = db.session.query(Message).order_by(Message.id).first()
        application = db.session.get_one(Application, message.application_id)
        path = f"/bewerbungen/{application.public_id}"
        db.session.remove()
    return path


def publish_anew(site):
    """Lets an internship be new that the search of the girl finds, and has it told."""
    with site.app.app_context():
        with transaction():
            search = db.session.query(SavedSearch).order_by(SavedSearch.id.desc())
            since = search.first().seen_until
            places = db.session.query(Internship).filter_by(is_bookable=True)
            place = places.filter(Internship.fits_from <= 15).first()
            place.published_at = since + timedelta(seconds=1)
            title = place.title
        site.app.config["NOW"] = now() + timedelta(minutes=6)
        with transaction():
            tell({})
        db.session.remove()
    return title


def test_a_question_is_answered_and_read_at_home(visitor, site):
    path = talked_about(site)
    mila, boss, petra = visitor("schuelerin"), visitor("unternehmen"), visitor("eltern")
    mila.go(path)
    mila.follow("Nachrichten ansehen")
    mila.tick("Wie läuft die Mittagspause")
    mila.fill("Etwas dazu", "Ich esse kein Fleisch. Mehr unter 0151 23456789.")
    mila.press("Abschicken")
    mila.reads("Wie läuft die Mittagspause?", "Ich esse kein Fleisch.")
    mila.reads_nothing_of("0151")

    boss.go(path)
    boss.follow("Nachrichten ansehen")
    boss.reads("Wie läuft die Mittagspause?", "Ich esse kein Fleisch.")
    boss.follow("Mittagspause: Essen mitbringen")
    boss.press("Abschicken")
    boss.reads("Bitte bring dir für die Pause etwas zu essen mit.")

    mila.go(path)
    mila.follow("Nachrichten ansehen")
    mila.reads("Bitte bring dir für die Pause etwas zu essen mit.")
    petra.go(path)
    petra.follow("Nachrichten mit dem Betrieb")
    petra.reads("Bitte bring dir für die Pause etwas zu essen mit.")


def test_a_search_is_kept_told_and_ended_by_its_link(visitor, site):
    mila = visitor("schuelerin")
    mila.go("/praktika?klasse=10")
    mila.follow("Diese Suche merken, Neues per E-Mail")
    mila.tick("bald, höchstens ein Brief am Tag")
    mila.press("Suche merken")
    mila.reads("Gemerkt.", "Klasse 10")

    title = publish_anew(site)
    letter = site.letters(MILA)[-1]
    assert title in letter
    stranger = visitor()
    stranger.go(ADDRESS.findall(letter)[-1])
    stranger.heads("Briefe abbestellen")
    stranger.press("Abbestellen")
    stranger.reads("Es kommen keine Briefe über Neues mehr.")
    with site.app.app_context():
        rhythms = db.session.query(SavedSearch.rhythm).join(SavedSearch.user)
        own = rhythms.filter_by(email=MILA).distinct().all()
        db.session.remove()
    assert [row.rhythm.value for row in own] == ["never"]
