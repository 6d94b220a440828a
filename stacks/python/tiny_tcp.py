"""A small TCP in user space: one connection, and its packets; adapter.py lets tcpclose play on it.

It opens, sends, receives, retransmits and closes, over IPv4 and IPv6; it has no congestion control, no
window scaling, no SACK and no timestamps.
"""
import ipaddress
import random
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
WINDOW = 65535
RTO, RTO_MAX, RETRIES = 1_000_000, 60_000_000, 8  # microseconds (RFC 6298), and how often
MSL = 30_000_000
OPEN = ("ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2")  # where the peer may send


def less(a, b):
    return (a - b) & 0xffffffff > 0x7fffffff


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def write_packet(local, remote, seq, ack, flags, data, window, mtu):
    """An IP packet with a TCP segment; an end is an address and a port."""
    source, target = local[0].packed, remote[0].packed
    header = 20 if len(source) == 4 else 40
    options = struct.pack("!BBH", 2, 4, mtu - header - 20) if flags & SYN else b""
    tcp = struct.pack("!HHIIBBHHH", local[1], remote[1], seq, ack, (5 + len(options) // 4) << 4,
                      flags, max(window, 0), 0, 0) + options + data
    pseudo = source + target + struct.pack("!II", len(tcp), 6)
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    if header == 40:
        return struct.pack("!IHBB", 0x60000000, len(tcp), 6, 64) + source + target + tcp
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + source + target
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


def read_mss(options):
    while options and options[0]:
        size = 1 if options[0] == 1 else options[1] if len(options) > 1 else 0
        if size < 1:
            break
        if options[0] == 2 and size == 4 and len(options) >= 4:
            return struct.unpack("!H", options[2:4])[0]
        options = options[size:]
    return 536


def read_packet(packet):
    """Both ends, and what Connection.arrives() takes; None for what is no TCP."""
    if packet[0] >> 4 == 4:
        start, protocol, source, target = (packet[0] & 15) * 4, packet[9], packet[12:16], packet[16:20]
    else:
        start, protocol, source, target = 40, packet[6], packet[8:24], packet[24:40]
    tcp = packet[start:]
    if protocol != 6 or len(tcp) < 20 or tcp[12] >> 4 < 5:
        return None
    theirs, ours, seq, ack, offset, flags, window = struct.unpack("!HHIIBBH", tcp[:16])
    behind = (offset >> 4) * 4
    return ((ipaddress.ip_address(target), ours), (ipaddress.ip_address(source), theirs),
            seq, ack, flags, window, read_mss(tcp[20:behind]), tcp[behind:])


class Connection:
    def __init__(self, stack, local, remote):
        self.stack, self.local, self.remote = stack, local, remote
        self.state, self.error, self.owner, self.listener = "CLOSED", None, None, None
        self.una = self.nxt = self.top = self.iss = random.getrandbits(32)
        self.rcv, self.window, self.mss = 0, 0, 536
        self.out, self.inbox = bytearray(), bytearray()  # from una on; not read yet
        self.fin_wanted = self.fin_came = self.reset_came = False
        self.timer, self.due, self.tries, self.rto = "none", None, 0, RTO

    # ---- sending ----

    def send(self, flags, seq=None, data=b""):
        self.stack.send(self.local, self.remote, self.nxt if seq is None else seq,
                        self.rcv if flags & ACK else 0, flags, data, WINDOW - len(self.inbox))

    def ack(self):
        self.send(ACK)

    def fin_number(self):
        return (self.una + len(self.out)) & 0xffffffff

    def push(self):
        """Sends what the window lets pass, and the FIN behind the last of it."""
        if self.state not in ("ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT_1", "CLOSING", "LAST_ACK"):
            return
        while True:
            at = (self.nxt - self.una) & 0xffffffff
            data = bytes(self.out[at:at + self.mss])[:max(0, self.window - at)]
            last = at + len(data) == len(self.out)
            fin = self.fin_wanted and last and at <= len(self.out)
            if not data and not fin:
                break
            self.send(ACK | (PSH if data and last else 0) | (FIN if fin else 0), data=data)
            self.nxt = (self.nxt + len(data) + fin) & 0xffffffff
            if less(self.top, self.nxt):
                self.top = self.nxt
        if self.una != self.nxt or self.out:
            self.arm("retransmit" if self.una != self.nxt else "probe", self.rto, False)

    def arm(self, timer, after, again=True):
        if again or self.due is None:
            self.timer, self.due = timer, self.stack.now() + after

    def disarm(self):
        self.timer, self.due, self.tries, self.rto = "none", None, 0, RTO

    def expired(self):
        self.due = None
        if self.timer in ("timewait", "keepalive"):  # 2 MSL; FIN_WAIT_2 without a descriptor
            return self.end(None)
        self.tries += 1
        if self.tries > RETRIES:
            return self.end("ETIMEDOUT")
        self.rto = min(2 * self.rto, RTO_MAX)
        if self.timer == "probe":  # RFC 9293 3.8.6.1: a byte beyond the window
            self.send(ACK, self.nxt, bytes(self.out[:1]))
            return self.arm("probe", self.rto)
        if self.state == "SYN_SENT":
            self.send(SYN, self.iss)
        elif self.state == "SYN_RECV":
            self.send(SYN | ACK, self.iss)
        else:
            self.nxt = self.una
            self.push()
        return self.arm("retransmit", self.rto)

    # ---- the state ----

    def enter(self, state):
        self.state = state
        if state == "TIME_WAIT":
            self.disarm()
            self.arm("timewait", 2 * MSL)
        elif state == "FIN_WAIT_2" and not self.owner:
            self.arm("keepalive", 2 * MSL)

    def end(self, error):
        self.state, self.error, self.due, self.timer = "CLOSED", error, None, "none"
        self.stack.connections.pop((self.local, self.remote), None)

    def abort(self):
        if self.state not in ("SYN_SENT", "TIME_WAIT", "CLOSED"):
            self.send(RST | ACK)
        self.end("ECONNRESET")

    def finish(self):
        """CLOSE and the half of it: a FIN behind what is still to be sent (RFC 9293 3.10.4)."""
        after = {"ESTABLISHED": "FIN_WAIT_1", "SYN_RECV": "FIN_WAIT_1", "CLOSE_WAIT": "LAST_ACK"}
        if self.state in after:
            self.state, self.fin_wanted = after[self.state], True
            self.push()

    def close(self, linger):
        self.owner = None
        if self.state == "SYN_SENT":
            return self.end(None)
        if linger == 0 or (self.inbox and self.state != "TIME_WAIT"):  # RFC 2525 2.17
            return self.abort()
        self.finish()
        return self.enter("FIN_WAIT_2") if self.state == "FIN_WAIT_2" else None

    # ---- receiving: RFC 9293 3.10.7, with RFC 5961 ----

    def arrives(self, seq, ack, flags, window, mss, data):
        if self.state == "SYN_SENT":
            return self.arrives_in_syn_sent(seq, ack, flags, window, mss)
        room = WINDOW - len(self.inbox)
        length = len(data) + bool(flags & FIN) + bool(flags & SYN)
        first = (seq - self.rcv) & 0xffffffff
        last = (seq + max(length - 1, 0) - self.rcv) & 0xffffffff
        if not (first < room or last < room or (first == 0 and not length)):
            if self.state == "TIME_WAIT" and flags & FIN:
                self.arm("timewait", 2 * MSL)
            return None if flags & RST else self.ack()
        if flags & RST:
            return self.resets(seq)
        if flags & SYN:
            return self.ack()
        if not flags & ACK:
            return None
        if less(self.top, ack) or (self.state == "SYN_RECV" and not less(self.una, ack)):
            return self.stack.reset(self, ack) if self.state == "SYN_RECV" else self.ack()
        self.acknowledges(ack, window)
        if self.state in OPEN and (data or flags & FIN):
            return self.takes(seq, data, flags & FIN)
        return self.ack() if length and self.state != "CLOSED" else None

    def arrives_in_syn_sent(self, seq, ack, flags, window, mss):
        good = flags & ACK and ack == self.nxt
        if flags & ACK and not good:
            return None if flags & RST else self.stack.reset(self, ack)
        if flags & RST:
            return self.end("ECONNREFUSED") if good else None
        if not flags & SYN:
            return None
        self.rcv, self.window, self.mss = (seq + 1) & 0xffffffff, window, min(mss, self.mss)
        if not good:  # both opened at once
            self.enter("SYN_RECV")
            return self.send(SYN | ACK, self.iss)
        self.una = ack
        self.disarm()
        self.enter("ESTABLISHED")
        self.ack()
        return self.push()

    def resets(self, seq):
        if seq != self.rcv:
            return self.ack()  # RFC 5961 3.2
        self.reset_came = True
        return self.end("ECONNRESET")

    def acknowledges(self, ack, window):
        self.window = window
        if self.state == "SYN_RECV":
            self.una = (self.una + 1) & 0xffffffff  # our SYN
            self.disarm()
            self.enter("ESTABLISHED")
            if self.listener:
                self.listener.ready.append(self)
        if less(self.una, ack):
            fin = self.fin_wanted and ack == (self.fin_number() + 1) & 0xffffffff
            del self.out[:(ack - self.una) & 0xffffffff]
            self.una = ack
            if less(self.nxt, ack):
                self.nxt = ack
            self.disarm()
            if fin:
                self.fin_wanted = False
                after = {"FIN_WAIT_1": "FIN_WAIT_2", "CLOSING": "TIME_WAIT"}.get(self.state)
                return self.enter(after) if after else self.end(None)
        if self.timer == "probe" and self.window:
            self.disarm()
        return self.push()

    def takes(self, seq, data, fin):
        if not self.owner and not self.listener and data:  # nobody will read it
            return self.abort()
        skip = (self.rcv - seq) & 0xffffffff
        if skip > len(data):
            return self.ack()  # behind a gap: it comes again
        data = data[skip:][:WINDOW - len(self.inbox)]
        self.inbox += data
        self.rcv = (self.rcv + len(data)) & 0xffffffff
        if fin:
            self.rcv = (self.rcv + 1) & 0xffffffff
            self.fin_came = True
            self.enter({"ESTABLISHED": "CLOSE_WAIT", "FIN_WAIT_1": "CLOSING",
                        "FIN_WAIT_2": "TIME_WAIT"}[self.state])
        return self.ack()
