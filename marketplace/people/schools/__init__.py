"""Schools as the region's lists know them, their staff, and their classes.

Schools come from an imported list; authorities and centres are kept but cannot be
chosen. Several kinds of school under one roof are several schools. A class lives for
one school year: pupils join it with a code, its periods say when they are out.
"""
