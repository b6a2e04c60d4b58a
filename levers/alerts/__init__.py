"""Alerts by mail on a filtered list of calls, without an account."""
