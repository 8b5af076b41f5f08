"""Long runs whose short form is a test: each is a module to start by hand, and writes what it saw to docs/reports/."""
