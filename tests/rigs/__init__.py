"""Rigs: an office on a movable clock and people in one kind of chat, so that one story text runs through them all."""
