"""Answers -> text for people and JSON for programs. Renders; decides nothing."""
