"""What a code, a message or a symptom means, what to do now, and whom to ask."""

__version__ = "0.1.0"
