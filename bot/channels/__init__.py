"""Channels: one package for each messenger. A channel translates, both ways; what is said is decided elsewhere."""
