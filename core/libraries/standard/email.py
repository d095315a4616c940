# email (Python 3.13 library reference): only email.utils.
