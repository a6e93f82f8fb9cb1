"""A Redis over real TCP on the loopback: fakeredis' server, an emulator."""

import threading
from contextlib import contextmanager

from fakeredis import TcpFakeServer
from fakeredis._clients._tcp_server import TCPFakeRequestHandler
from redis import ResponseError


class Handler(TCPFakeRequestHandler):
    """Answers an error and listens on, as a real server does; this one hung up."""

    def setup(self):
        super().setup()
        read = self.current_client.read_response

        def answer():
            try:
                return read()
            except ResponseError as error:
                return error

        self.current_client.read_response = answer


@contextmanager
def redis_server():
    """Serves an empty store; gives its address."""
    server = TcpFakeServer(("127.0.0.1", 0))
    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    host, port = server.server_address
    try:
        yield f"redis://{host}:{port}/0"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
