"""Entering a decided dossier in the public register, field by field, with consent."""
