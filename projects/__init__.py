"""What happens: the public register of experiments (dossiers: none yet)."""
