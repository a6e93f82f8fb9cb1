"""People of the demonstration who tell of their work: all of them are made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.doors.commands.demo.drawings import drawing
from marketplace.doors.commands.demo.people import Cast
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.postings.lives.enums import Act
from marketplace.postings.rolemodels.enums import ConsentWay
from marketplace.postings.rolemodels.services.showing import show_portrait
from marketplace.postings.rolemodels.services.writing import (
    RoleModelEntry,
    move_rolemodel,
    write_rolemodel,
)
from marketplace.region.occupations.models import Occupation

LONG = timedelta(days=30)


@dataclass(frozen=True)
class Teller:
    """Somebody made up: the company by its number, the occupation by its beginning."""

    company: int
    name: str
    occupation: str
    about: str
    answers: tuple[str, str, str]
    film: bool = False


TELLERS = (
    Teller(
        0,
        "Thea, Feinoptikerin",
        "Feinoptikerin",
        "Thea ist erfunden, ihr Beruf nicht: Sie poliert Linsen, bis Licht genau "
        "dorthin geht, wo es hin soll.",
        (
            "Ich poliere, messe und poliere wieder. Eine Linse braucht drei Tage.",
            "Durch ein Praktikum in der neunten Klasse. Am Freitag wollte ich bleiben.",
            "Stillsitzen. Heute merke ich gar nicht mehr, wie die Zeit vergeht.",
        ),
        film=True,
    ),
    Teller(
        6,
        "Jonas, Mechatroniker",
        "Mechatronikerin",
        "Jonas ist erfunden. Er bringt Greifern bei, ein Ei zu fassen, ohne dass es "
        "zerbricht.",
        (
            "Ich schraube, verdrahte und schreibe Programme, alles an einem Tag.",
            "Ich habe als Kind Fahrräder zerlegt. Manche fuhren danach sogar.",
            "Schaltpläne lesen. Nach vier Wochen ging es von selbst.",
        ),
    ),
    Teller(
        4,
        "Amira, Chemielaborantin",
        "Chemielaborantin",
        "Amira ist erfunden. Sie prüft, ob in der Flasche ist, was darauf steht.",
        (
            "Proben annehmen, messen, rechnen, aufschreiben. Und viel Glas spülen.",
            "Meine Lehrerin hat gesagt: Du schreibst so genau, geh ins Labor.",
            "Die Namen der Stoffe. Ich habe sie mir an den Spiegel geklebt.",
        ),
    ),
    Teller(
        7,
        "Lena, Softwareentwicklerin",
        "Softwareentwicklerin",
        "Lena ist erfunden. Ihre App sagt, ob der Bus kommt oder nur so tut.",
        (
            "Ich rede mehr, als man denkt: Erst verstehen, dann tippen.",
            "Ich wollte wissen, warum mein Spiel immer abstürzt.",
            "Fremden Code lesen. Es ist wie ein Brief ohne Anrede.",
        ),
        film=True,
    ),
    Teller(
        2,
        "Malik, Elektroniker",
        "Elektronikerin, Elektroniker für",
        "Malik ist erfunden. Wenn in der Halle das Licht ausgeht, rufen alle ihn.",
        (
            "Leitungen ziehen, messen, Fehler suchen. Kein Tag ist wie der andere.",
            "Über ein Ferienpraktikum. Der Meister hat mich löten lassen.",
            "Früh aufstehen. Dafür bin ich am Nachmittag frei.",
        ),
    ),
    Teller(
        27,
        "Sophie, Bauingenieurin",
        "Bauingenieurin",
        "Sophie ist erfunden. Sie weiß, warum eine Brücke schwingen darf.",
        (
            "Rechnen, zeichnen, und einmal in der Woche mit Helm auf die Baustelle.",
            "Ich habe in Mathe immer gefragt: Wozu? Das hier war die Antwort.",
            "Das zweite Semester. Wir haben zu viert gelernt, dann ging es.",
        ),
    ),
    Teller(
        10,
        "Tim, Umwelttechnologe",
        "Umwelttechnologin, Umwelttechnologe Abwasser",
        "Tim ist erfunden. Er füttert Bakterien, damit der Fluss sauber bleibt.",
        (
            "Rundgang, Proben, Labor, Pumpen. Der Geruch ist nach einer Woche egal.",
            "Beim Tag der offenen Tür im Klärwerk. Das war größer als gedacht.",
            "Chemie. Jetzt sehe ich, wozu die Formeln gut sind.",
        ),
    ),
    Teller(
        15,
        "Nele, Tischlerin",
        "Tischlerin",
        "Nele ist erfunden. Sie klopft auf ein Brett und hört, ob daraus etwas wird.",
        (
            "Holz aussuchen, zuschneiden, leimen, schleifen, und am Ende klingt es.",
            "Mein Opa hatte eine Werkbank. Sie steht jetzt bei mir.",
            "Dass man ein Brett nicht wieder länger sägen kann.",
        ),
    ),
)
QUESTIONS = (
    "Was machst du den ganzen Tag?",
    "Wie bist du dazu gekommen?",
    "Was war am Anfang schwer?",
)


def tell_of_work(cast: Cast, *, at: datetime) -> None:
    """Shows them all, each with a drawing; two have a film at an invented address."""
    office = cast.users["koordination"]
    for number, teller in enumerate(TELLERS):
        company = cast.companies[teller.company]
        owner = company.memberships[0].user
        rolemodel = write_rolemodel(
            company, _entry(teller, company.sites[0].id, at=at), actor=owner, at=at
        )
        picture = drawing(number + 2, (960, 720))
        words = "Zeichnung: einfache Formen in drei Farben"
        show_portrait(rolemodel, picture, words, actor=owner, at=at)
        move_rolemodel(rolemodel, Act.SUBMIT, actor=owner, at=at)
        if rolemodel.state == "submitted":
            move_rolemodel(rolemodel, Act.PUBLISH, actor=office, at=at)


def _entry(teller: Teller, site_id: int, *, at: datetime) -> RoleModelEntry:
    begins = Occupation.title.startswith(teller.occupation)
    occupation = db.session.scalars(select(Occupation).where(begins)).one()
    said = " ".join(teller.answers)
    return RoleModelEntry(
        title=teller.name,
        description=teller.about,
        topics=occupation.topics,
        occupation_id=occupation.id,
        consented_on=day_of(at - LONG),
        consent_way=ConsentWay.PAPER,
        film_link="https://filme.example/vorbilder" if teller.film else "",
        film_minutes=2 if teller.film else None,
        transcript=said if teller.film else "",
        site_id=site_id,
        answers=tuple(zip(QUESTIONS, teller.answers, strict=True)),
    )
