"""Occupations: the official classification (KldB 2010) and everyday words for it.

The product ships what pupils ask for, each with a sentence and a story; the whole
classification comes with an import, as groups. Codes are text, their zeros count.
"""
