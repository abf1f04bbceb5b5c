"""What people correct in the findings of a document, laid over them: no database, no calendar, no today."""
