"""The pages, one file each: a function of a visit that gives a response."""
