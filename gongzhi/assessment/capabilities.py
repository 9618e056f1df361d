from enum import StrEnum


class Can(StrEnum):
    VIEW = "assessment.view"  # rates of one's own reach, and what is published
    KEEP = "assessment.keep"  # drafts of schemes, previews, findings
    PUBLISH = "assessment.publish"  # freeze the figures of a period
    SIGN = "assessment.sign"  # put in force or publish what somebody else prepared
    APPEAL = "assessment.appeal"
    REVIEW = "assessment.review"
