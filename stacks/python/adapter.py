#!/usr/bin/env python3
"""Shows how a stack speaks with tcpclose (docs/stack-protocol.txt): the TCP of tiny_tcp.py as a subject.

Its clock is its own, or tcpclose's (--drive_clock):

    tcpclose-run --stack='python3 stacks/python/adapter.py' [--drive_clock] SCRIPT ...
"""
import errno
import ipaddress
import os
import random
import select
import socket
import struct
import time

import tiny_tcp
from tiny_tcp import ACK, FIN, RST, RTO, SYN, Connection

BUFFER = 65536
POLL_IN, POLL_OUT, POLL_ERR, POLL_HUP, POLL_RDHUP = 1, 4, 8, 16, 0x2000


class Refused(Exception):
    """A call fails with the errno value of this name."""


class Socket:
    def __init__(self, family):
        self.family, self.local, self.connection = family, None, None
        self.ready, self.backlog, self.nonblock, self.linger = [], None, False, None
        self.shut_read = self.shut_write = False

    def takes(self, local):
        return self.local[1] == local[1] and (self.local[0].is_unspecified or self.local[0] == local[0])


class Stack:
    """The calls, the wire, and the clock."""

    CALLS = "socket bind listen accept connect recv send close shutdown getsockopt setsockopt nonblock poll"

    def __init__(self, link):
        self.link, self.begun, self.driven, self.time = link, time.monotonic_ns(), False, 0
        self.sockets, self.connections, self.waiting = {}, {}, []
        self.address, self.mtu, self.stirred = None, 1500, False

    def now(self):
        return self.time if self.driven else (time.monotonic_ns() - self.begun) // 1000

    def say(self, line, data=b""):
        self.link.send(line.encode() + b"\n" + data)

    # ---- the wire ----

    def send(self, local, remote, *rest):
        self.stirred = True
        self.say(f"packet {self.now()}", tiny_tcp.write_packet(local, remote, *rest, mtu=self.mtu))

    def reset(self, connection, ack):
        self.send(connection.local, connection.remote, ack, 0, RST, b"", 0)

    def arrives(self, packet):
        segment = tiny_tcp.read_packet(packet)
        if not segment:
            return
        local, remote, *rest = segment
        connection = self.connections.get((local, remote))
        if connection:
            connection.arrives(*rest)
        else:
            self.arrives_for_nobody(local, remote, *rest)

    def arrives_for_nobody(self, local, remote, seq, ack, flags, window, mss, data):
        """RFC 9293 3.10.7.1 and 3.10.7.2."""
        if flags & RST:
            return
        listener = next((s for s in self.sockets.values() if s.backlog is not None and s.takes(local)), None)
        if flags & ACK:
            self.send(local, remote, ack, 0, RST, b"", 0)
        elif flags & SYN and listener and len(listener.ready) <= listener.backlog:
            connection = self.connections[local, remote] = Connection(self, local, remote)
            connection.listener, connection.rcv = listener, (seq + 1) & 0xffffffff
            connection.window, connection.mss, connection.state = window, mss, "SYN_RECV"
            self.open(connection, SYN | ACK)
        elif not (flags & SYN and listener):
            length = len(data) + bool(flags & SYN) + bool(flags & FIN)
            self.send(local, remote, 0, (seq + length) & 0xffffffff, RST | ACK, b"", 0)

    def open(self, connection, flags):
        connection.send(flags, connection.iss)
        connection.nxt = connection.top = (connection.iss + 1) & 0xffffffff
        connection.arm("retransmit", RTO)

    # ---- calls: each returns the words of the result, and bytes; None: it blocks ----

    def find(self, fd):
        if int(fd) not in self.sockets:
            raise Refused("EBADF")
        return self.sockets[int(fd)]

    def add(self, sock):
        fd = next(n for n in range(3, 1000) if n not in self.sockets)
        self.sockets[fd] = sock
        return fd

    def end_of(self, sock, address, port):
        address = ipaddress.ip_address(address)
        mapped = getattr(address, "ipv4_mapped", None)
        if address.version == 6 and address.is_unspecified and self.address.version == 4:
            mapped = ipaddress.ip_address("0.0.0.0")
        return mapped or address, int(port)

    def call_socket(self, data, family, kind):
        if kind != "SOCK_STREAM":
            raise Refused("EPROTONOSUPPORT")
        return self.add(Socket(family))

    def call_bind(self, data, fd, address, port):
        sock, end = self.find(fd), self.end_of(None, address, port)
        if any(s.local and s.local[1] == end[1] and s.backlog is not None for s in self.sockets.values()):
            raise Refused("EADDRINUSE")
        sock.local = end
        return 0

    def call_listen(self, data, fd, backlog):
        sock = self.find(fd)
        if not sock.local or sock.connection:
            raise Refused("EINVAL")
        sock.backlog = int(backlog)
        return 0

    def call_accept(self, data, fd):
        sock = self.find(fd)
        if sock.backlog is None:
            raise Refused("EINVAL")
        if not sock.ready:
            return self.blocks(sock)
        accepted = Socket(sock.family)
        accepted.connection = connection = sock.ready.pop(0)
        connection.owner, connection.listener = accepted, None
        accepted.local = connection.local
        address = connection.remote[0]
        shown = f"::ffff:{address}" if sock.family == "AF_INET6" and address.version == 4 else address
        return f"{self.add(accepted)} {shown} {connection.remote[1]}"

    def call_connect(self, data, fd, address, port):
        sock = self.find(fd)
        connection = sock.connection
        if not connection:
            local = (self.address, sock.local[1] if sock.local else random.randrange(32768, 60999))
            remote = self.end_of(sock, address, port)
            connection = sock.connection = self.connections[local, remote] = Connection(self, local, remote)
            connection.owner, connection.state, sock.local = sock, "SYN_SENT", local
            connection.mss = self.mtu - 40
            self.open(connection, SYN)
            if sock.nonblock:
                raise Refused("EINPROGRESS")
            return None
        if connection.state == "SYN_SENT":
            if sock.nonblock:
                raise Refused("EALREADY")
            return None
        self.take_error(connection)
        if getattr(connection, "told", False):
            raise Refused("EISCONN")
        connection.told = True
        return 0

    def take_error(self, connection):
        if connection.error:
            error, connection.error = connection.error, None
            raise Refused(error)

    def blocks(self, sock, flags=0):
        if sock.nonblock or int(flags) & socket.MSG_DONTWAIT:
            raise Refused("EAGAIN")

    def call_recv(self, data, fd, size, flags):
        sock = self.find(fd)
        connection = sock.connection
        if not connection or connection.state in ("SYN_SENT", "SYN_RECV"):
            raise Refused("ENOTCONN")
        if connection.reset_came:
            connection.inbox.clear()
        if connection.inbox:
            part = bytes(connection.inbox[:int(size)])
            if not int(flags) & socket.MSG_PEEK:
                del connection.inbox[:len(part)]
            return len(part), part
        self.take_error(connection)
        if connection.fin_came or sock.shut_read or connection.state == "CLOSED":
            return 0
        return self.blocks(sock, flags)

    def call_send(self, data, fd, flags):
        sock = self.find(fd)
        connection = sock.connection
        if not connection:
            raise Refused("EPIPE")
        self.take_error(connection)
        if sock.shut_write or connection.state not in ("ESTABLISHED", "CLOSE_WAIT"):
            raise Refused("EPIPE")
        room = BUFFER - len(connection.out)
        if room < len(data) and (room <= 0 or not sock.nonblock):
            return self.blocks(sock, flags)
        connection.out += data[:room]
        connection.push()
        return min(room, len(data))

    def call_shutdown(self, data, fd, how):
        sock = self.find(fd)
        connection = sock.connection
        if not connection or connection.state in ("CLOSED", "SYN_SENT"):
            raise Refused("ENOTCONN")
        sock.shut_read |= how in ("SHUT_RD", "SHUT_RDWR")
        if how in ("SHUT_WR", "SHUT_RDWR") and not sock.shut_write:
            sock.shut_write = True
            connection.finish()
        return 0

    def call_close(self, data, fd):
        sock = self.find(fd)
        del self.sockets[int(fd)]
        for connection in sock.ready + [c for c in self.connections.values() if c.listener is sock]:
            connection.abort()
        if sock.connection:
            sock.connection.close(sock.linger)
        return 0

    def call_nonblock(self, data, fd, on):
        self.find(fd).nonblock = on == "1"
        return 0

    def call_setsockopt(self, data, fd, level, option):
        sock = self.find(fd)
        if (level, option) == ("SOL_SOCKET", "SO_LINGER"):
            on, seconds = struct.unpack("ii", data[:8])
            sock.linger = seconds if on else None
        elif (level, option) != ("SOL_SOCKET", "SO_REUSEADDR"):
            raise Refused("ENOPROTOOPT")
        return 0

    def call_getsockopt(self, data, fd, level, option, size):
        connection = self.find(fd).connection
        if (level, option) != ("SOL_SOCKET", "SO_ERROR"):
            raise Refused("ENOPROTOOPT")
        error = connection.error if connection else None
        if connection:
            connection.error = None
        return 0, struct.pack("i", getattr(errno, error) if error else 0)

    def call_poll(self, data, timeout, *files):
        found = []
        for fd, events in (f.split(":") for f in files):
            seen = self.events_of(self.find(fd)) & (int(events) | POLL_ERR | POLL_HUP)
            found += [f"{fd}:{seen}"] if seen else []
        return f"{len(found)} {' '.join(found)}" if found or timeout == "0" else None

    def events_of(self, sock):
        connection = sock.connection
        if sock.backlog is not None:
            return POLL_IN if sock.ready else 0
        if not connection:
            return POLL_OUT | POLL_HUP
        seen = POLL_IN if connection.inbox else 0
        if connection.fin_came or sock.shut_read or connection.state == "CLOSED":
            seen |= POLL_IN | POLL_RDHUP
        if connection.state not in ("SYN_SENT", "SYN_RECV"):
            seen |= POLL_OUT if len(connection.out) < BUFFER else 0
        ended = sock.shut_write and (connection.fin_came or sock.shut_read)
        return seen | (POLL_ERR if connection.error else 0) | (
            POLL_HUP if ended or connection.state == "CLOSED" else 0)

    # ---- what tcpclose says ----

    def make(self, number, name, words, data, due=None):
        """Makes a call, now or again; False: it still blocks."""
        try:
            result = getattr(self, "call_" + name)(data, *words)
        except Refused as refused:
            result = f"-1 {refused}"
        if result is None and due is not None and self.now() >= due:
            result = "0"
        if result is None:
            return False
        words, data = result if isinstance(result, tuple) else (result, b"")
        self.stirred = True
        self.say(f"return {number} {words}", data)
        return True

    def call(self, number, name, words, data):
        due = self.now() + int(words[0]) * 1000 if name == "poll" and int(words[0]) > 0 else None
        if not self.make(number, name, words, data, due):
            self.waiting.append((number, name, words, data, due))

    def state(self, number, local, port, remote, remote_port):
        local, remote = self.end_of(None, local, port), self.end_of(None, remote, remote_port)
        connection = self.connections.get((local, remote))
        if connection:
            left = max(0, connection.due - self.now()) if connection.due is not None else 0
            self.say(f"state {number} {connection.state} {connection.timer} {left} {connection.tries}")
        else:
            listens = any(s.backlog is not None and s.local[1] == local[1] for s in self.sockets.values())
            self.say(f"state {number} {'LISTEN' if listens and not remote[1] else 'CLOSED'}")

    def hello(self, number, family, local, _, gateway, __, remote, ___, mtu, ____, clock):
        self.address, self.mtu = ipaddress.ip_address(local.split("/")[0]), int(mtu)
        self.driven = clock == "driven"
        self.say(f"hello 1 {self.CALLS} state clock name Tiny TCP")

    def due(self):
        times = [c.due for c in self.connections.values()] + [w[4] for w in self.waiting]
        return min((t for t in times if t is not None), default=None)

    def go_on(self):
        """What is due now is done, and calls that can return do."""
        for connection in list(self.connections.values()):
            if connection.due is not None and connection.due <= self.now():
                connection.expired()
        self.waiting = [w for w in self.waiting if not self.make(*w)]

    def advance(self, number, until):
        self.stirred = False
        while not self.stirred and self.due() is not None and self.due() <= int(until):
            self.time = max(self.time, self.due())
            self.go_on()
        if not self.stirred:
            self.time = max(self.time, int(until))
        self.say(f"time {number} {self.time}")

    def take(self, message):
        line, _, data = message.partition(b"\n")
        word, *words = line.decode().split()
        if word == "packet":
            self.arrives(data)
        elif word == "call":
            self.call(words[0], words[1], words[2:], data)
        elif word == "time":
            self.advance(*words)
        else:
            getattr(self, word)(*words)
        self.go_on()

    def run(self):
        while True:
            due, wait = self.due(), None
            if due is not None and not self.driven:
                wait = max(0, due - self.now()) / 1_000_000
            if select.select([self.link], [], [], wait)[0]:
                message = self.link.recv(1 << 17)
                if not message:
                    return
                self.take(message)
            else:
                self.go_on()


if __name__ == "__main__":
    try:
        Stack(socket.socket(fileno=int(os.environ["TCPCLOSE_STACK_FD"]))).run()
    except (BrokenPipeError, ConnectionResetError):
        pass  # the test is over, and nobody listens any more
