"""Outgoing mail: written, sent, returned, whatever dies on the way."""
