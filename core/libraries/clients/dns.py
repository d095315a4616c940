# dnspython 2.7.0: lookups through the machine's resolver.
