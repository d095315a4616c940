# __future__ (Python 3.13 library reference): the compiler reads the import, the names are only there.
nested_scopes = generators = division = absolute_import = with_statement = None
print_function = unicode_literals = generator_stop = annotations = barry_as_FLUFL = None
