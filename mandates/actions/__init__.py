"""What people decide: each decision is one class, so that form, queue, bulk change and interface do the same."""
