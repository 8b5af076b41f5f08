"""The program's front door: settings, wiring and the command line; it may import every room and none imports it."""
