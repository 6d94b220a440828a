=== the recording as it is
--- PASS
PASS  memory.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
=== poll does not see the connection
/^call poll/s/= 1 0 \(.*\)out0=8:............01/= 0 0 \1out0=8:/
--- FAIL
memory.pkt:9:61: FAIL (ipv4): poll returned 0, not 1
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                                                ^
            result  wanted 1, seen 0
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1 -> 0  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== poll counts, but says nothing
/^call poll/s/out0=8:............01$/out0=8:............00/
--- FAIL
memory.pkt:9:35: FAIL (ipv4): poll gave revents 0, not POLLIN
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~
            revents  wanted POLLIN, seen 0
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== poll sees an error
/^call poll/s/out0=8:............01$/out0=8:............09/
--- FAIL
memory.pkt:9:35: FAIL (ipv4): poll gave revents POLLIN|POLLERR, not POLLIN
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~
            revents  wanted POLLIN, seen POLLIN|POLLERR
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== poll does not see the FIN
s/out0=8:............0120/out0=8:............01/
--- FAIL
memory.pkt:22:45: FAIL (ipv4): poll gave revents POLLIN, not POLLIN|POLLRDHUP
    +0    poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1
                                                ^~~~~~~~~~~~~~~~~~~~~~~~
            revents  wanted POLLIN|POLLRDHUP, seen POLLIN
  events
        ...   8 earlier events
     0.0103   epoll_create(1) = 5
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
     0.0204   --> P. 1:7(6) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
     0.0206   ioctl(4, SIOCINQ, [6]) = 0
     0.0206   recvmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 4}, {..., 4}], msg_flags=0}, 0) = 6
     0.0307   --> F. 7:7(0) ack 1 win 32792
     0.0719   <-- . 1:1(0) ack 8 win 64233  (delayed ACK, 41 ms after the FIN)
     0.0721   poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== epoll sees the end too soon
s/out0=12:01......04/out0=12:01200000..04/
--- FAIL
memory.pkt:16:22: FAIL (ipv4): epoll_wait gave events EPOLLIN|EPOLLRDHUP, not EPOLLIN
    +0    epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                         ^~~~~~~~~~~~~~
            events  wanted EPOLLIN, seen EPOLLIN|EPOLLRDHUP
  events
        ...   2 earlier events
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
     0.0103   accept(3, ..., ...) = 4
     0.0103   epoll_create(1) = 5
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
     0.0204   --> P. 1:7(6) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== epoll sees something before there is something
/^call epoll_wait/s/= 0 0 \(.*\)out0=12:/= 1 0 \1out0=12:04......04/
--- FAIL
memory.pkt:13:47: FAIL (ipv4): epoll_wait returned 1, not 0
    +0    epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
                                                  ^
            result  wanted 0, seen 1
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
     0.0103   accept(3, ..., ...) = 4
     0.0103   epoll_create(1) = 5
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0 -> 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== an option is set that nobody set
/^call getsockopt/s/out0=4:/out0=4:01/
--- FAIL
memory.pkt:17:47: FAIL (ipv4): getsockopt gave the value 1, not 0
    +0    getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
                                                  ^~~
            the value  wanted 0, seen 1
  events
        ...   3 earlier events
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
     0.0103   accept(3, ..., ...) = 4
     0.0103   epoll_create(1) = 5
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
     0.0204   --> P. 1:7(6) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== there is less in the queue
/^call ioctl/s/out0=4:/out0=4:05/
--- FAIL
memory.pkt:18:25: FAIL (ipv4): ioctl gave the value 5, not 6
    +0    ioctl(4, SIOCINQ, [6]) = 0
                            ^~~
            the value  wanted 6, seen 5
  events
        ...   4 earlier events
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0102   --> . 1:1(0) ack 1 win 32792
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
     0.0103   accept(3, ..., ...) = 4
     0.0103   epoll_create(1) = 5
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
     0.0204   --> P. 1:7(6) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
     0.0206   ioctl(4, SIOCINQ, [6]) = 0  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== less is sent than was given
/^call sendmsg/s/ = 7 0/ = 3 0/
--- FAIL
memory.pkt:23:90: FAIL (ipv4): sendmsg returned 3, not 7
    +0    sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 7
                                                                                             ^
            result  wanted 7, seen 3
  events
        ...   9 earlier events
     0.0103   epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP, fd=4}) = 0
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
     0.0204   --> P. 1:7(6) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
     0.0206   ioctl(4, SIOCINQ, [6]) = 0
     0.0206   recvmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 4}, {..., 4}], msg_flags=0}, 0) = 6
     0.0307   --> F. 7:7(0) ack 1 win 32792
     0.0719   <-- . 1:1(0) ack 8 win 64233  (delayed ACK, 41 ms after the FIN)
     0.0721   poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1
     0.0721   sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 7 -> 3  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the peer's RST is not seen
s/out0=8:............19/out0=8:............01/
--- FAIL
memory.pkt:26:35: FAIL (ipv4): poll gave revents POLLIN, not POLLIN|POLLERR|POLLHUP
    +0    poll([{fd=4, events=POLLIN, revents=POLLIN|POLLERR|POLLHUP}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            revents  wanted POLLIN|POLLERR|POLLHUP, seen POLLIN
  events
        ...   12 earlier events
     0.0205   <-- . 1:1(0) ack 7 win 64234
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
     0.0206   ioctl(4, SIOCINQ, [6]) = 0
     0.0206   recvmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 4}, {..., 4}], msg_flags=0}, 0) = 6
     0.0307   --> F. 7:7(0) ack 1 win 32792
     0.0719   <-- . 1:1(0) ack 8 win 64233  (delayed ACK, 41 ms after the FIN)
     0.0721   poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1
     0.0721   sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 7
     0.0721   <-- P. 1:8(7) ack 8 win 64233
     0.0822   --> R 8:8(0) win 0
     0.0823   poll([{fd=4, events=POLLIN, revents=POLLIN|POLLERR|POLLHUP}], 1, 0) = 1  <==
  again     tcpclose-run --replay=memory.rec --ip_version=ipv4 memory.pkt

0 passed, 1 failed, 0 skipped
status 1
