"""What tests in every folder may use."""
