"""What goes between people about one application, besides the application itself.

There are two circles. In that of the pupil nothing an adult says is free text: she
asks from a list, and the company answers with sentences whose gaps are days, times and
names of the posting. In that of the guardian adults write freely. Nothing is said
before the application was handed over; pupil and guardian can end it at once, and
the guardian gets a copy of everything.
"""
