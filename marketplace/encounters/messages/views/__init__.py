"""The pages of messages, by who reads them."""
