"""The acts of an introduction: proposing, answering, what the days bring."""
