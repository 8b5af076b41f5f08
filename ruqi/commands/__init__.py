"""The commands of `ruqi`, one module each; `command` in it is what the command line finds."""
