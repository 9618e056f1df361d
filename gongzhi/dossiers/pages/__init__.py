"""Papers to look at, take and print; the file with its contents; the list of files."""
