"""Words and parts of words that say little about what somebody looks for."""

_STOP_WORDS = """
ab als am an auf aus bei bis das dem den der des die ein eine einem einen einer eines
er es für ich im in ist mit nach oder sie sind so um und uns vom von vor was wie wir zu
zum zur über
dein deine etwas gern gerne gibt mag mein meine meinen meiner mich mir möchte möchten
suche suchen sucht will wo wollen
"""
# Those of people who ask in English, as far as they mean nothing in German.
_ENGLISH = """
and are at by do does for from have her him his how interested is like likes love loves
my near of on or our she some something son that the their them they to we what where
which who with you your
"""
# Of whom somebody speaks who asks for another.
_WHOSE = "daughter enkel enkelin sohn tochter"
# What a compound has only for company: a Schülerpraktikum is looked for as Praktikum.
_LOOSE_HEADS = """
berufs betriebs einzel ferien gruppen jugend kinder klassen mint pflicht probe schnupper
schul schüler tages wochen
"""
# What only compounds begin with.
_ONLY_HEADS = "astro hydro mikro nano thermo"
# And what says only in which form: a Programmierkurs is looked for as Programmieren.
_LOOSE_TAILS = """
ag angebot angebote club kurs kurse lehrgang seminar seminare training workshop
workshops
"""
# What may be missing where other words are there; the better if it is not.
_WEAK_WORDS = """
angebot angebote ausprobieren basteln bauen beruf entdecken erleben kennenlernen kurs
kurse lernen machen probieren selbst werden workshop workshops
"""
# What begins verbs and what is made of them: Ausbildung is no kind of Bildung.
_NO_HEADS = """
auf aus bei dar durch ein emp ent fort her hin hinter inter los mit nach prä pro über
unter ver vor weg wieder zer zurück zusammen
"""
# How towns end, and words of other kinds.
_NO_TAILS = "berg burg dorf hausen heim iker ion leben mieren ren rial stadt statt zen"

STOP_WORDS = frozenset(f"{_STOP_WORDS} {_ENGLISH} {_WHOSE}".split())
LOOSE_HEADS = frozenset(_LOOSE_HEADS.split())
LOOSE_TAILS = frozenset(_LOOSE_TAILS.split())
WEAK_WORDS = frozenset(_WEAK_WORDS.split())
USUAL_HEADS = LOOSE_HEADS | frozenset(_ONLY_HEADS.split())
NO_HEADS = frozenset(_NO_HEADS.split())
NO_TAILS = frozenset(_NO_TAILS.split())
