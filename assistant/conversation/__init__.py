"""Conversation: what a question leaves out is taken from the turns before it."""
