"""Pairs are found, decided and merged."""
