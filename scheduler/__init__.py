"""When Ruqi moves: the clock, the beat and the clockwork, the only room that imports APScheduler."""
