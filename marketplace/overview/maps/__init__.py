"""The map of what is public: marks on the region, and the same things as a list.

Everything with a place lies in a square. Squares are halved as one looks nearer; what
lies in one square is drawn as one mark with its number. The list beside the map holds
exactly what the marks count.
"""
