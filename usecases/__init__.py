"""What Ruqi can do: one verb a file, each gathers, decides and applies."""
