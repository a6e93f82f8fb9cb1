"""Words and parts of words that say little about what somebody looks for."""

_STOP_WORDS = """
ab als am an auf aus bei bis das dem den der des die ein eine einem einen einer eines
er es für ich im in ist mit nach oder sie sind so um und uns vom von vor was wie wir zu
zum zur über
dein deine etwas gern gerne gibt mag mein meine meinen meiner mich mir möchte möchten
suche suchen sucht will wo wollen
"""
# What a compound has only for company: a Schülerpraktikum is looked for as Praktikum.
_LOOSE_HEADS = """
berufs betriebs einzel ferien gruppen jugend kinder klassen mint pflicht probe schnupper
schul schüler tages wochen
"""
# What begins verbs and what is made of them: Ausbildung is no kind of Bildung.
_NO_HEADS = """
auf aus bei dar durch ein emp ent fort her hin hinter inter los mit nach prä pro über
unter ver vor weg wieder zer zurück zusammen
"""
# How towns end, and words of other kinds.
_NO_TAILS = "berg burg dorf hausen heim iker ion leben mieren rial stadt statt zen"

STOP_WORDS = frozenset(_STOP_WORDS.split())
LOOSE_HEADS = frozenset(_LOOSE_HEADS.split())
NO_HEADS = frozenset(_NO_HEADS.split())
NO_TAILS = frozenset(_NO_TAILS.split())
