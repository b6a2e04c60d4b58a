"""Who may see and do what on a dossier: one table, from which queries and predicates are both made."""
