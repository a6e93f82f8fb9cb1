"""Occupations: the official classification (KldB 2010) and everyday words for it.

The product ships what pupils ask for, in a sentence each; the whole classification
comes with an import. Codes are text, their zeros count.
"""
