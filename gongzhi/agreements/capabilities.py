from enum import StrEnum


class Can(StrEnum):
    VIEW = "agreements.view"  # the list, without names
    DRAFT = "agreements.draft"  # write the terms, offer them for signing
    SIGN = "agreements.sign"  # the mediator's own signature
    SEAL = "agreements.seal"  # set the body's seal
    FOLLOW = "agreements.follow"  # record what was performed, with proofs
