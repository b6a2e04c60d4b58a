"""Who: regions, agencies, kinds of actors, people, and the sources that say so."""
