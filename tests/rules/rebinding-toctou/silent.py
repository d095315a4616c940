# Nothing is judged, or what was judged is what is called.
# pattern 32: httpx, requests, socket
import ipaddress
import logging
import socket

import httpx
import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()


def logged_only():
    logging.info("feed is at %s", socket.gethostbyname("feed.partner.example"))
    return httpx.get("https://feed.partner.example/latest").json()


def only_whether_there_is_one():
    try:
        socket.gethostbyname("feed.partner.example")
    except OSError:
        return None
    return httpx.get("https://feed.partner.example/latest").json()


def pinned():
    address = socket.gethostbyname("feed.partner.example")
    if ipaddress.ip_address(address).is_private:
        raise HTTPException(status_code=400)
    return httpx.get(f"https://{address}/latest", headers={"Host": "feed.partner.example"},
                     extensions={"sni_hostname": "feed.partner.example"}).json()


def another_name():
    if ipaddress.ip_address(socket.gethostbyname("other.partner.example")).is_private:
        raise HTTPException(status_code=400)
    return requests.get("https://feed.partner.example/latest").json()


def loopback():
    if ipaddress.ip_address(socket.gethostbyname("localhost")).is_private:
        return httpx.get("http://localhost:8080/status").json()
