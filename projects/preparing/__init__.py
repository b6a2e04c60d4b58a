"""Preparing a project and its drafts: writing, versions, financing plan, sharing, transfer. Nothing is deposited here."""
