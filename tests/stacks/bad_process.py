"""Stacks in processes that no test can be made with, one for each way to be bad; tests/stacks.sh says
what is to be told of each."""
import os
import socket
import struct
import sys
import time

kind = sys.argv[1]
link = socket.socket(fileno=int(os.environ["TCPCLOSE_STACK_FD"]))
OFFERS = "socket close state"


def hello():
    if kind == "refuse":
        link.send(b"refuse it has no addresses\n")
    elif kind == "version":
        link.send(b"hello 2 socket close name other\n")
    elif kind == "unknown":
        link.send(b"hello 1 socket fly name bird\n")
    elif kind == "mute":
        time.sleep(60)
    else:
        link.send(f"hello 1 {OFFERS} name {kind}\n".encode())


def foreign_packet():
    ends = socket.inet_aton("10.9.8.7") + socket.inet_aton("10.9.8.6")
    tcp = struct.pack("!HHIIBBHHH", 1, 2, 0, 0, 5 << 4, 4, 0, 0, 0)
    tcp = tcp[:16] + struct.pack("!H", checksum(ends + struct.pack("!II", 20, 6) + tcp)) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 40, 0, 0, 64, 6, 0) + ends
    return b"packet 1\n" + ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def answer(number):
    if kind == "dies":
        os.abort()
    if kind == "ends":
        sys.exit(3)
    if kind == "closes":
        link.close()
        time.sleep(60)
    if kind == "spins":
        while True:
            pass
    if kind == "never":
        return
    if kind == "unasked":
        link.send(b"return 99 3\n")
    if kind == "leaves" and os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            time.sleep(300)
        os._exit(0)
    if kind == "late":
        time.sleep(0.2)
    if kind == "nonsense":
        link.send(b"\x01\x02nonsense\n")
    if kind == "number":
        link.send(b"return x 3\n")
    if kind == "errno":
        link.send(b"return %s -1 EWRONG\n" % number)
    if kind == "large":
        link.send(b"packet 0\n" + bytes(70000))
    if kind == "foreign":
        link.send(foreign_packet())
    if kind == "oversized":
        link.send(b"packet 1\n" + b"\x45\0\xff\xff" + bytes(65000))
    if kind == "truncated":
        link.send(foreign_packet()[:-30])
    if kind == "floods":
        while True:
            link.send(b"packet 1\n" + bytes(60000))
    if kind == "pours":
        for _ in range(1 << 14):
            print("x" * 1023)
    if kind == "prints":
        print("the stack says something", flush=True)
    link.send(b"return %s 7\n" % number)


while True:
    words = link.recv(1 << 17).split(b"\n")[0].split()
    if not words:
        break
    if words[0] == b"hello":
        hello()
    elif words[0] == b"call" and words[2] == b"socket":
        answer(words[1])
    elif words[0] == b"call":
        link.send(b"return %s 0\n" % words[1])
    elif words[0] == b"state":
        link.send(b"state %s CLOSED\n" % words[1])
