# xml: a package.
