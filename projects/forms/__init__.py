"""What people type about projects and dossiers, read and corrected before anything is done with it."""
