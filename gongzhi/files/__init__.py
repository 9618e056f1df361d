"""
Photos, documents, sound and film that people send: checked, cleaned, kept under their content's hash.

Main words: StoredFile, kind, token, claim, gate.
Never: trust a name or a header, keep where and with what a picture was taken inside the picture.
"""
