class CertificateError(ValueError):
    pass
