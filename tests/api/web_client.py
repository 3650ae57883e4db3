"""Requests over HTTP to an application in this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.applications import Starlette


@asynccontextmanager
async def client(app: Starlette, base: str = "http://tierscope.example") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=base) as opened:
        yield opened


def ask(app: Starlette, *, base: str = "http://tierscope.example", **request: Any) -> httpx.Response:
    """One request, by default a POST to /graphql."""

    async def story() -> httpx.Response:
        async with client(app, base) as http:
            return await http.request(**({"method": "POST", "url": "/graphql"} | request))

    return asyncio.run(story())


def code(response: httpx.Response) -> str:
    [error] = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found
