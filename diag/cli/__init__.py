"""The command line: one file a command, each in three steps: parse, one library call, render."""
