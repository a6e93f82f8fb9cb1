"""Addresses are gathered, asked, and told of."""
