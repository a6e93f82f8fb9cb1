"""What happens between people: applications and introductions."""
