"""Pages that all kinds of postings share: lists, acts, writing, history."""
