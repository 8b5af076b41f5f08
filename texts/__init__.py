"""What Ruqi says: every sentence for people, in one catalogue for each language."""
