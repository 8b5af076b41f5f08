"""How fast and how big: ours and a yardstick side by side in one run, told as ratios of medians, never as a test."""
