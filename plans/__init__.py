"""What the documents say: file formats, text clean-up, items, roles and rosters."""
