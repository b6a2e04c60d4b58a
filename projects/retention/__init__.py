"""Personal data: when a dossier goes, how it is erased, what one takes away, how an account is closed."""
