# urllib (Python 3.13 library reference): a package.
