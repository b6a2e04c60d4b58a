"""The side of those who instruct: what waits for them, what they read of a dossier, what they may do with it."""
