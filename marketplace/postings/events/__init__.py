"""An event is a day or an evening of MINT that anybody may come to.

An open laboratory, a fair, a lecture: it has a beginning, an end and a place, and is
listed by its day. Its life is that of every posting; it ends the day after its last
one. One row is one date: a series would be rows that name it, sign-up rows that
name the event.
"""
