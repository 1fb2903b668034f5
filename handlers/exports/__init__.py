"""Files for people and for other systems: XLSX and PDF."""
