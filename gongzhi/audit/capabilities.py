"""What can be granted in this module."""


class Can:
    READ = "audit.read"
