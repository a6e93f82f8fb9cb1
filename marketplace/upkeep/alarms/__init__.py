"""Who keeps the site running hears of each failure, by letter, without any name.

A page that failed is told by its endpoint and the number that its visitor sees; a
job by its kind and number.
"""
