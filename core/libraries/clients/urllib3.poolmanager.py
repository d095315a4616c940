from urllib3.connectionpool import PoolManager, ProxyManager, proxy_from_url
