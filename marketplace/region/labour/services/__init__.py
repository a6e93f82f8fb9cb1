"""Judging a plan, planning a block, checking a posting, saying why not."""
