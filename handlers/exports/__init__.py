"""Files for people and for other systems: CSV, XLSX and PDF."""
