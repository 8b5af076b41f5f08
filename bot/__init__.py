"""The chat: one conversation engine, with a folder for each messenger under channels."""
