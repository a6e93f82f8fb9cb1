"""Invented names and sentences; no person, company or address of them exists."""

from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.topics.enums import Topic

PASSWORD = "mint-demo-2026"

# Where organisations are, and the key of the district each town is in.
TOWNS = {
    "Leipzig": "14713",
    "Dresden": "14612",
    "Chemnitz": "14511",
    "Zwickau": "14524",
    "Görlitz": "14626",
    "Bautzen": "14625",
    "Freiberg": "14522",
    "Plauen": "14523",
    "Torgau": "14730",
    "Grimma": "14729",
    "Delitzsch": "14730",
    "Pirna": "14628",
    "Halle (Saale)": "15002",
    "Magdeburg": "15003",
    "Dessau-Roßlau": "15001",
    "Merseburg": "15088",
    "Stendal": "15090",
    "Halberstadt": "15085",
    "Lutherstadt Wittenberg": "15091",
    "Bernburg": "15089",
    "Weißenfels": "15084",
    "Naumburg": "15084",
    "Erfurt": "16051",
    "Jena": "16053",
    "Gera": "16052",
    "Weimar": "16055",
    "Gotha": "16067",
    "Eisenach": "16063",
    "Suhl": "16054",
    "Nordhausen": "16062",
    "Ilmenau": "16070",
    "Altenburg": "16077",
    "Saalfeld": "16073",
    "Mühlhausen": "16064",
    "Sonneberg": "16072",
    "Rudolstadt": "16073",
}

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
# Classmates who take part in a round.
FIRST_NAMES = (
    *("Ada", "Bruno", "Clara", "Deniz", "Emil", "Frieda"),
    *("Gustav", "Hanna", "Ilja", "Jette", "Karl", "Lena"),
)
