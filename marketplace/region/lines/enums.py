from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy


class LineKind(NamedEnum):
    """What is asked for or given; each has one base unit."""

    MONEY = "money", lazy("Geld")
    MATERIAL = "material", lazy("Material")
    VENUE = "venue", lazy("Räume")
    PEOPLE = "people", lazy("Fachleute")
    VISITS = "visits", lazy("Besuche")
    INTERNSHIPS = "internships", lazy("Praktikumsplätze")


# The base unit in which quantities are counted.
UNITS: dict[LineKind, LazyString] = {
    LineKind.MONEY: lazy("Euro"),
    LineKind.MATERIAL: lazy("Stück"),
    LineKind.VENUE: lazy("halbe Tage"),
    LineKind.PEOPLE: lazy("Stunden"),
    LineKind.VISITS: lazy("Besuche"),
    LineKind.INTERNSHIPS: lazy("Plätze"),
}
ONE_UNIT: Mapping[LineKind, LazyString] = UNITS | {
    LineKind.VENUE: lazy("halber Tag"),
    LineKind.PEOPLE: lazy("Stunde"),
    LineKind.VISITS: lazy("Besuch"),
    LineKind.INTERNSHIPS: lazy("Platz"),
}
# The same behind "von": "2 von 4 halben Tagen".
UNITS_OF_ALL: Mapping[LineKind, LazyString] = {
    **UNITS,
    LineKind.VENUE: lazy("halben Tagen"),
    LineKind.VISITS: lazy("Besuchen"),
    LineKind.INTERNSHIPS: lazy("Plätzen"),
}
ONE_UNIT_OF_ALL: Mapping[LineKind, LazyString] = {
    **ONE_UNIT,
    LineKind.VENUE: lazy("halben Tag"),
}
# For these the company must have declared that it keeps the rules for minors.
NEEDS_SAFEGUARDING = frozenset({LineKind.PEOPLE, LineKind.VISITS, LineKind.INTERNSHIPS})


class HardCondition(NamedEnum):
    """What must fit for a line to count at all; the order is that of the bits."""

    TOPIC = "topic", lazy("nur bei gleichem Thema")
    AUDIENCE = "audience", lazy("nur für diese Zielgruppe")
    TIME = "time", lazy("nur in diesen Monaten")
    AMOUNT = "amount", lazy("nur ganz")


class Slot(NamedEnum):
    """Half a day of the week; the order is that of the bits."""

    MON_AM = "mon_am", lazy("Montag, vormittags")
    MON_PM = "mon_pm", lazy("Montag, nachmittags")
    TUE_AM = "tue_am", lazy("Dienstag, vormittags")
    TUE_PM = "tue_pm", lazy("Dienstag, nachmittags")
    WED_AM = "wed_am", lazy("Mittwoch, vormittags")
    WED_PM = "wed_pm", lazy("Mittwoch, nachmittags")
    THU_AM = "thu_am", lazy("Donnerstag, vormittags")
    THU_PM = "thu_pm", lazy("Donnerstag, nachmittags")
    FRI_AM = "fri_am", lazy("Freitag, vormittags")
    FRI_PM = "fri_pm", lazy("Freitag, nachmittags")
    SAT_AM = "sat_am", lazy("Samstag, vormittags")
    SAT_PM = "sat_pm", lazy("Samstag, nachmittags")
    SUN_AM = "sun_am", lazy("Sonntag, vormittags")
    SUN_PM = "sun_pm", lazy("Sonntag, nachmittags")


class Item(NamedEnum):
    """What a line is about; each belongs to one kind."""

    SOLDERING_STATION = "soldering_station", lazy("Lötstation")
    HAND_TOOL_SET = "hand_tool_set", lazy("Werkzeugsatz")
    MULTIMETER = "multimeter", lazy("Multimeter")
    POWER_SUPPLY = "power_supply", lazy("Labornetzgerät")
    OSCILLOSCOPE = "oscilloscope", lazy("Oszilloskop")
    MICROCONTROLLER_BOARD = "microcontroller_board", lazy("Mikrocontroller-Platine")
    SINGLE_BOARD_COMPUTER = "single_board_computer", lazy("Einplatinencomputer")
    ELECTRONICS_KIT = "electronics_kit", lazy("Bauteilsatz Elektronik")
    ROBOT_KIT = "robot_kit", lazy("Roboterbaukasten")
    CONSTRUCTION_KIT = "construction_kit", lazy("Technikbaukasten")
    SENSOR_KIT = "sensor_kit", lazy("Sensorsatz")
    DATA_LOGGER = "data_logger", lazy("Messwerterfassung")
    PRINTER_3D = "printer_3d", lazy("3-D-Drucker")
    FILAMENT_ROLL = "filament_roll", lazy("Filamentrolle")
    LASER_CUTTER = "laser_cutter", lazy("Lasercutter")
    CNC_MACHINE = "cnc_machine", lazy("CNC-Fräse (klein)")
    LAPTOP = "laptop", lazy("Laptop")
    TABLET = "tablet", lazy("Tablet")
    DISPLAY_SCREEN = "display_screen", lazy("Bildschirm")
    PROJECTOR = "projector", lazy("Beamer")
    VR_HEADSET = "vr_headset", lazy("VR-Brille")
    CAMERA = "camera", lazy("Kamera")
    DRONE = "drone", lazy("Drohne")
    MICROSCOPE = "microscope", lazy("Mikroskop")
    MAGNIFIER = "magnifier", lazy("Becherlupe")
    PIPETTE = "pipette", lazy("Pipette")
    CENTRIFUGE = "centrifuge", lazy("Zentrifuge")
    BALANCE = "balance", lazy("Laborwaage")
    GLASSWARE_SET = "glassware_set", lazy("Glasgerätesatz")
    CHEMICALS_SET = "chemicals_set", lazy("Chemikaliensatz")
    WATER_TEST_KIT = "water_test_kit", lazy("Wasser-Testkoffer")
    OPTICS_SET = "optics_set", lazy("Optiksatz (Laser, Linsen)")
    SOLAR_KIT = "solar_kit", lazy("Solarbausatz")
    BATTERY_PACK = "battery_pack", lazy("Akku, Batteriesatz")
    WEATHER_STATION = "weather_station", lazy("Wetterstation")
    SAFETY_GOGGLES = "safety_goggles", lazy("Schutzbrille")
    LAB_COAT = "lab_coat", lazy("Laborkittel")
    GLOVES_BOX = "gloves_box", lazy("Handschuhe (Packung)")
    WORKBENCH = "workbench", lazy("Werkbank")
    WOOD_SET = "wood_set", lazy("Holz (Materialsatz)")
    METAL_SET = "metal_set", lazy("Metall, Halbzeug (Materialsatz)")
    PLASTIC_GRANULATE = "plastic_granulate", lazy("Kunststoff (Materialsatz)")
    PLANT_SET = "plant_set", lazy("Saatgut, Pflanzen")
    PRINTED_MATTER = "printed_matter", lazy("Druckauflage")
    PRIZE = "prize", lazy("Sachpreis")
    CATERING = "catering", lazy("Verpflegung (Portion)")
    TRANSPORT_BOX = "transport_box", lazy("Transportkiste")
    FIRST_AID_KIT = "first_aid_kit", lazy("Erste-Hilfe-Kasten")
    OTHER = "other", lazy("Sonstiges")
    ROOM = "room", lazy("Raum ohne Ausstattung")
    SEMINAR_ROOM = "seminar_room", lazy("Seminarraum")
    LABORATORY = "laboratory", lazy("Labor")
    WORKSHOP_ROOM = "workshop_room", lazy("Werkstatt")
    MAKERSPACE = "makerspace", lazy("Makerspace")
    COMPUTER_ROOM = "computer_room", lazy("Computerraum")
    TRAINING_WORKSHOP = "training_workshop", lazy("Lehrwerkstatt")
    HALL = "hall", lazy("Saal, Aula")
    EXHIBITION_SPACE = "exhibition_space", lazy("Ausstellungsfläche")
    TEACHING_KITCHEN = "teaching_kitchen", lazy("Lehrküche")
    OUTDOOR_AREA = "outdoor_area", lazy("Freigelände, Schulgarten")
    STORAGE_ROOM = "storage_room", lazy("Lagerraum")
    MENTOR = "mentor", lazy("Mentorin, Mentor")
    SPEAKER = "speaker", lazy("Referentin, Referent")
    WORKSHOP_LEADER = "workshop_leader", lazy("Kursleitung")
    ASSISTANT = "assistant", lazy("Unterstützung vor Ort")
    JURY = "jury", lazy("Jurymitglied")
    ROLE_MODEL = "role_model", lazy("Vorbild im Gespräch")
    EXPERT = "expert", lazy("Fachberatung")
    TECHNICIAN = "technician", lazy("Wartung und Reparatur")
    DRIVER = "driver", lazy("Fahrerin, Fahrer")
    TRANSLATOR = "translator", lazy("Übersetzung, Gebärdensprache")
    PRESS_HELP = "press_help", lazy("Öffentlichkeitsarbeit")
    FUNDRAISER = "fundraiser", lazy("Hilfe bei Anträgen")
    COMPANY_TOUR = "company_tour", lazy("Betriebsbesichtigung")
    LAB_VISIT = "lab_visit", lazy("Besuch im Labor")
    TRAINING_VISIT = "training_visit", lazy("Besuch in der Lehrwerkstatt")
    SITE_VISIT = "site_visit", lazy("Baustelle, Tagebau, Anlage")
    COMPANY_VISITS_SCHOOL = "company_visits_school", lazy("Besuch in der Schule")
    TASTER_DAY = "taster_day", lazy("Schnuppertag")


ITEMS: Mapping[LineKind, tuple[Item, ...]] = {
    LineKind.MATERIAL: (
        Item.SOLDERING_STATION,
        Item.HAND_TOOL_SET,
        Item.MULTIMETER,
        Item.POWER_SUPPLY,
        Item.OSCILLOSCOPE,
        Item.MICROCONTROLLER_BOARD,
        Item.SINGLE_BOARD_COMPUTER,
        Item.ELECTRONICS_KIT,
        Item.ROBOT_KIT,
        Item.CONSTRUCTION_KIT,
        Item.SENSOR_KIT,
        Item.DATA_LOGGER,
        Item.PRINTER_3D,
        Item.FILAMENT_ROLL,
        Item.LASER_CUTTER,
        Item.CNC_MACHINE,
        Item.LAPTOP,
        Item.TABLET,
        Item.DISPLAY_SCREEN,
        Item.PROJECTOR,
        Item.VR_HEADSET,
        Item.CAMERA,
        Item.DRONE,
        Item.MICROSCOPE,
        Item.MAGNIFIER,
        Item.PIPETTE,
        Item.CENTRIFUGE,
        Item.BALANCE,
        Item.GLASSWARE_SET,
        Item.CHEMICALS_SET,
        Item.WATER_TEST_KIT,
        Item.OPTICS_SET,
        Item.SOLAR_KIT,
        Item.BATTERY_PACK,
        Item.WEATHER_STATION,
        Item.SAFETY_GOGGLES,
        Item.LAB_COAT,
        Item.GLOVES_BOX,
        Item.WORKBENCH,
        Item.WOOD_SET,
        Item.METAL_SET,
        Item.PLASTIC_GRANULATE,
        Item.PLANT_SET,
        Item.PRINTED_MATTER,
        Item.PRIZE,
        Item.CATERING,
        Item.TRANSPORT_BOX,
        Item.FIRST_AID_KIT,
        Item.OTHER,
    ),
    LineKind.VENUE: (
        Item.ROOM,
        Item.SEMINAR_ROOM,
        Item.LABORATORY,
        Item.WORKSHOP_ROOM,
        Item.MAKERSPACE,
        Item.COMPUTER_ROOM,
        Item.TRAINING_WORKSHOP,
        Item.HALL,
        Item.EXHIBITION_SPACE,
        Item.TEACHING_KITCHEN,
        Item.OUTDOOR_AREA,
        Item.STORAGE_ROOM,
    ),
    LineKind.PEOPLE: (
        Item.MENTOR,
        Item.SPEAKER,
        Item.WORKSHOP_LEADER,
        Item.ASSISTANT,
        Item.JURY,
        Item.ROLE_MODEL,
        Item.EXPERT,
        Item.TECHNICIAN,
        Item.DRIVER,
        Item.TRANSLATOR,
        Item.PRESS_HELP,
        Item.FUNDRAISER,
    ),
    LineKind.VISITS: (
        Item.COMPANY_TOUR,
        Item.LAB_VISIT,
        Item.TRAINING_VISIT,
        Item.SITE_VISIT,
        Item.COMPANY_VISITS_SCHOOL,
        Item.TASTER_DAY,
    ),
}
