"""The commands of `diag`, in the order of its help. Light to import."""

COMMANDS = {
    "lookup": "every reading of a code, best first",
    "search": "symptoms, messages, codes, fixes and channels for a text",
    "guide": "step by step, one at a time, to the end",
    "contact": "whom to ask, and who is open now",
    "emergency": "what to do first when an account or money is at risk",
    "list": "what is inside, kind by kind",
    "stats": "coverage: codes with meaning, cause and fix, per catalog",
    "sql": "read-only SQL",
    "serve": "the web site, read only",
    "export": "the web site as files, for any file host",
    "check": "all problems of the data files, or of a database",
    "build": "data files to database",
}
