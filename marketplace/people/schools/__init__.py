"""Schools as the region's lists know them, and the staff who act for one.

They come from an imported list; authorities and centres are kept but cannot be
chosen. Several kinds of school under one roof are several schools.
"""
