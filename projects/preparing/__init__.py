"""Preparing a project and its drafts: writing, versions, financing, sharing, transfer. Nothing is deposited here."""
