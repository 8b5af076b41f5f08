"""What falls when: pure rules about timings, working days, ladder and lifecycle, and the plans shipped as data."""
