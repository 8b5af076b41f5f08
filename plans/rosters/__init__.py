"""Rosters as offices keep them: a spreadsheet, a Word table or a CSV list, read row by row, and written for offices."""
