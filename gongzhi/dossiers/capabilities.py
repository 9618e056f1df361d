from enum import StrEnum


class Can(StrEnum):
    VIEW = "dossiers.view"  # the list of files, without names
    KEEP = "dossiers.keep"  # papers, contents, statement of the file
    REVIEW = "dossiers.review"  # score a file that somebody else keeps
