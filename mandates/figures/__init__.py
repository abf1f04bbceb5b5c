"""The page of pictures: how mandates stand, how long they stay open, which were answered in time."""
