"""The corpus in the forms in which documents are published, made by a real word processor."""
