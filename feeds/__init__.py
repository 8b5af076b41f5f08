"""The subscription: duties become iCalendar bytes with an ETag."""
