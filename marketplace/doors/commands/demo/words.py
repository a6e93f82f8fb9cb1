"""Invented names and sentences; no person, company or address of them exists."""

from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.topics.enums import Topic

PASSWORD = "mint-demo-2026"

TOWNS = (
    *("Leipzig", "Dresden", "Chemnitz", "Zwickau", "Görlitz", "Bautzen", "Freiberg"),
    *("Plauen", "Torgau", "Grimma", "Delitzsch", "Pirna", "Halle (Saale)"),
    *("Magdeburg", "Dessau-Roßlau", "Merseburg", "Stendal", "Halberstadt"),
    *("Lutherstadt Wittenberg", "Bernburg", "Weißenfels", "Naumburg", "Erfurt", "Jena"),
    *("Gera", "Weimar", "Gotha", "Eisenach", "Suhl", "Nordhausen", "Ilmenau"),
    *("Altenburg", "Saalfeld", "Mühlhausen", "Sonneberg", "Rudolstadt"),
)

# Name, topics, what is made there, branch of the occupations looked into.
COMPANIES = (
    ("Siebenlinsen Optik", (Topic.OPTICS, Topic.PHYSICS), "Linsen für Teleskope"),
    ("Haargenau Messgeräte", (Topic.ELECTRONICS, Topic.AUTOMATION_SENSORS), "Waagen"),
    ("Elsternest Elektronik", (Topic.ELECTRONICS, Topic.SOLAR), "Ladegeräte"),
    ("Wolkenfrei Solar", (Topic.SOLAR, Topic.ENERGY), "Solardächer"),
    ("Dreitiegel Labor", (Topic.CHEMISTRY, Topic.LAB_ANALYSIS), "Prüflösungen"),
    ("Blechzwilling Metall", (Topic.MECHANICAL_ENGINEERING,), "Gehäuse"),
    ("Nimmermüd Greifer", (Topic.ROBOTICS, Topic.AUTOMATION_SENSORS), "Roboterarme"),
    ("Fahrplanfuchs Software", (Topic.PROGRAMMING, Topic.COMPUTING), "Fahrplan-Apps"),
    ("Wasserwerk Tropfenmaß", (Topic.WATER, Topic.CHEMISTRY), "Trinkwasser"),
    ("Rübenblau Analytik", (Topic.LAB_ANALYSIS, Topic.FOOD), "Farbstoffe"),
    ("Klärwerk Blaukiesel", (Topic.WATER, Topic.ENVIRONMENT), "sauberes Wasser"),
    ("Kupferkater Kabel", (Topic.ELECTRONICS, Topic.MATERIALS), "Kabelbäume"),
    ("Flüsterflügel Windkraft", (Topic.ENERGY, Topic.TECHNOLOGY), "Rotorblätter"),
    ("Chipzauber Halbleiter", (Topic.MICROELECTRONICS,), "Sensorchips"),
    ("Knetwerk Kunststoff", (Topic.PLASTICS, Topic.MATERIALS), "Zahnräder"),
    ("Holzohr Instrumente", (Topic.WOODWORKING, Topic.ACOUSTICS_MUSIC), "Gitarren"),
    ("Schienenstern Bahn", (Topic.RAIL, Topic.VEHICLES_MOBILITY), "Züge"),
    ("Pixelpudel Spiele", (Topic.DIGITAL_MEDIA, Topic.PROGRAMMING), "Lernspiele"),
    ("Datenhamster Rechenzentrum", (Topic.COMPUTING, Topic.CYBERSECURITY), "Server"),
    ("Backofen Feinkruste", (Topic.FOOD,), "Brot"),
    ("Grünschnabel Saatgut", (Topic.BOTANY, Topic.AGRICULTURE), "Saatgut"),
    ("Herzschlag Medizintechnik", (Topic.MEDICAL_TECHNOLOGY,), "Messgeräte"),
    ("Drohnennest Vermessung", (Topic.AVIATION_DRONES, Topic.MAPS_SURVEYING), "Karten"),
    ("Fadenlauf Textil", (Topic.TEXTILES, Topic.MATERIALS), "Schutzkleidung"),
    ("Druckerschwalbe Medien", (Topic.DESIGN_PRINT,), "Bücher"),
    ("Lagerlotse Logistik", (Topic.LOGISTICS,), "kurze Wege"),
    ("Warmwand Haustechnik", (Topic.BUILDING_SERVICES, Topic.ENERGY), "Wärmepumpen"),
    ("Steinleicht Bau", (Topic.CONSTRUCTION,), "Brücken"),
    ("Glasklar Keramik", (Topic.MATERIALS,), "Spezialglas"),
    ("Tierpark Pfotenpfad", (Topic.ZOOLOGY, Topic.NATURE), "Gehege"),
)

PROVIDERS = (
    ("Schülerlabor Funkenkiste", (Topic.ELECTRONICS, Topic.OPTICS)),
    ("Technikverein Kofferradio", (Topic.ELECTRONICS, Topic.TELECOMMUNICATIONS)),
    ("Museum für Zahnräder", (Topic.INDUSTRIAL_HERITAGE, Topic.TECHNOLOGY)),
    ("Forscherwerkstatt Kieselstein", (Topic.SCIENCE, Topic.EARTH_SCIENCE)),
    ("Roboterclub Zangenkrebs", (Topic.ROBOTICS, Topic.PROGRAMMING)),
    ("Sternwarte Nachtigall", (Topic.ASTRONOMY_SPACE, Topic.PHYSICS)),
    ("Solarschule Mittagsberg", (Topic.SOLAR, Topic.ENERGY)),
    ("Chemielabor Brausepulver", (Topic.CHEMISTRY, Topic.LAB_ANALYSIS)),
    ("Umweltstation Otterbach", (Topic.ENVIRONMENT, Topic.WATER)),
    ("Offene Werkstatt Spanferkel", (Topic.MAKING, Topic.WOODWORKING)),
    ("Mathezirkel Siebzehneck", (Topic.MATHEMATICS,)),
    ("Kinderuni Wissbegier", (Topic.STEM_GENERAL, Topic.SCIENCE)),
    ("Codeclub Semikolon", (Topic.PROGRAMMING, Topic.COMPUTING)),
    ("Gartenlabor Bohnenranke", (Topic.BOTANY, Topic.BIOLOGY)),
    ("Drohnengruppe Mauersegler", (Topic.AVIATION_DRONES,)),
)

# Kind, item, typical need, and how a company that gives it says so.
NEEDS = (
    (LineKind.MATERIAL, Item.SOLDERING_STATION, 12, "Lötstationen und ein Zuschuss"),
    (LineKind.MATERIAL, Item.ROBOT_KIT, 8, "Bausätze für Roboterteams"),
    (LineKind.MATERIAL, Item.MICROSCOPE, 15, "Mikroskope, gut erhalten"),
    (LineKind.MATERIAL, Item.SOLAR_KIT, 15, "Solarbausätze für Klassen"),
    (LineKind.MATERIAL, Item.MICROCONTROLLER_BOARD, 15, "Mikrocontroller im Satz"),
    (LineKind.VENUE, Item.WORKSHOP_ROOM, 10, "Unsere Lehrwerkstatt am Nachmittag"),
    (LineKind.VENUE, Item.LABORATORY, 10, "Freie Laborplätze außerhalb der Saison"),
    (LineKind.PEOPLE, Item.MENTOR, 40, "Auszubildende als Mentoren"),
    (LineKind.PEOPLE, Item.SPEAKER, 6, "Vorträge aus der Praxis"),
    (LineKind.VISITS, Item.COMPANY_TOUR, 4, "Führungen hinter die Kulissen"),
)
