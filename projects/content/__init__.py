"""What a dossier says: its answers, its pieces, what is missing of them."""
