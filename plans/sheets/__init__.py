"""Sheets: the files an office keeps beside Ruqi: the ledger as a workbook, written and read, and the bulletin."""
