"""What waits for a person: one module a queue."""
