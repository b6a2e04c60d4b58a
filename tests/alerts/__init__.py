"""Alerts: what is told, to whom, and how it stops."""
