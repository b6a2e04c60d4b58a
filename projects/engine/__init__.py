"""What moves a dossier: one door, a chained journal, a replayed clock. It reads procedures and names no lever."""
