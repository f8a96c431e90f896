"""Many requests at the same moment, each connection opened before the first of them is sent."""

import asyncio
import json


class Answer:
    def __init__(self, status, body):
        self.status, self.body = status, body

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of a refusal."""
        return self.json().get("code") if self.status >= 400 else None


def request(method, path, body=None, token=None, key=None):
    """One request, as bytes."""
    content = b"" if body is None else json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: shop", f"Content-Length: {len(content)}"]
    if body is not None:
        head.append("Content-Type: application/json")
    if token:
        head.append(f"Authorization: Bearer {token}")
    if key:
        head.append(f"Idempotency-Key: {key}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content


def ask_all(port, requests, connections):
    """The answers, in the order of `requests`, which are spread over the connections."""
    return asyncio.run(_ask_all(port, requests, min(connections, len(requests))))


async def _ask_all(port, requests, connections):
    streams = await asyncio.gather(*[asyncio.open_connection("127.0.0.1", port)
                                     for _ in range(connections)])
    shares = [requests[number::connections] for number in range(connections)]
    answers = await asyncio.gather(*[_exchange(*stream, share)
                                     for stream, share in zip(streams, shares)])
    for _, writer in streams:
        writer.close()
    merged = [None] * len(requests)
    for number, share in enumerate(answers):
        merged[number::connections] = share
    return merged


async def _exchange(reader, writer, requests):
    writer.write(b"".join(requests))
    return [await _answer(reader) for _ in requests]


async def _answer(reader):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    body = await reader.readexactly(int(fields["content-length"]))
    return Answer(int(head[0].split()[1]), body)
