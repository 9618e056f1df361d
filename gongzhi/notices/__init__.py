"""
Tells people what concerns them: in the application, by e-mail, by text message, in versioned words.

Main words: Template, Notice, Delivery, occasion, quiet hours.
Never: decide who is concerned, send at night what can wait, lose a message that could not be sent.
"""
