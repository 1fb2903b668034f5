"""The command line, a file for each group of commands. They import what they need when they run: starting is quick."""
