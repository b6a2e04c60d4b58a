"""What happens: the dossiers (none yet)."""
