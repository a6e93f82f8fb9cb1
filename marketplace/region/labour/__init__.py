"""The rules for work of minors, as pure functions over plain values.

S is an internship as a school event, V a voluntary one. Sources: JArbSchG as last
amended on 16 July 2021, KindArbSchV, ArbZG. Nothing here reads a database; whoever
asks hands in the plan, the person, the calendar and the settings of the office.
"""
