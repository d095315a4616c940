# Comments that take a finding back, for the tools that people use already.
import httpx
import requests

URL = "https://crm.partner.example/orders"


def taken_back():
    requests.get(URL, verify=False)  # noqa: S501
    requests.get(URL, verify=False)  # nosec B501
    requests.get(URL, verify=False)  # noqa: S310, S501
    requests.get(URL, verify=False)  # nosec
    return httpx.get(URL, verify=False).json()  # wronghost: ignore[tls-verify-disabled] test rig


def for_something_else():
    requests.get(URL, verify=False)  # noqa: E501  #! tls-verify-disabled
    requests.get(URL, verify=False)  # nosec B310  #! tls-verify-disabled
    requests.get(URL + "# noqa", verify=False)  #! tls-verify-disabled
    return httpx.get(URL, verify=False).json()  # wronghost: ignore[weak-tls-mode]  #! tls-verify-disabled
