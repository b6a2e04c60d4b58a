"""The public pages of the catalogue and of the diagnostic."""
