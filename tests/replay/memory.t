=== the recording as it is
--- PASS
PASS  memory.pkt ipv4
=== poll does not see the connection
/^call poll/s/= 1 0 \(.*\)out0=2:0100/= 0 0 \1out0=2:0000/
--- FAIL
memory.pkt:9:61: FAIL (ipv4): poll returned 0, not 1
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                                                ^
            result  wanted 1, seen 0
  fix       +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 0
  events
     as recorded until 0.0102
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1 -> 0  <==
=== poll counts, but says nothing
/^call poll/s/out0=2:0100$/out0=2:0000/
--- FAIL
memory.pkt:9:35: FAIL (ipv4): poll gave revents 0, not POLLIN
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~
            revents  wanted POLLIN, seen 0
  fix       +0    poll([{fd=3, events=POLLIN, revents=0}], 1, 0) = 1
  events
     as recorded until 0.0102
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1  <==
=== poll sees an error
/^call poll/s/out0=2:0100$/out0=2:0900/
--- FAIL
memory.pkt:9:35: FAIL (ipv4): poll gave revents POLLIN|POLLERR, not POLLIN
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~
            revents  wanted POLLIN, seen POLLIN|POLLERR
  fix       +0    poll([{fd=3, events=POLLIN, revents=POLLIN|POLLERR}], 1, 0) = 1
  events
     as recorded until 0.0102
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1  <==
=== poll does not see the FIN
s/out0=2:0120/out0=2:0100/
--- FAIL
memory.pkt:22:45: FAIL (ipv4): poll gave revents POLLIN, not POLLIN|POLLRDHUP
    +0    poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1
                                                ^~~~~~~~~~~~~~~~~~~~~~~~
            revents  wanted POLLIN|POLLRDHUP, seen POLLIN
  fix       +0    poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN}], 1, 0) = 1
  events
     as recorded until 0.0719
     0.0721   poll([{fd=4, events=POLLIN|POLLRDHUP, revents=POLLIN|POLLRDHUP}], 1, 0) = 1  <==
=== epoll sees the end too soon
s/out0=12:01000000/out0=12:01200000/
--- FAIL
memory.pkt:16:22: FAIL (ipv4): epoll_wait gave events EPOLLIN|EPOLLRDHUP, not EPOLLIN
    +0    epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1
                         ^~~~~~~~~~~~~~
            events  wanted EPOLLIN, seen EPOLLIN|EPOLLRDHUP
  fix       +0    epoll_wait(5, {events=EPOLLIN|EPOLLRDHUP, fd=4}, 1, 0) = 1
  events
     as recorded until 0.0205
     0.0205   epoll_wait(5, {events=EPOLLIN, fd=4}, 1, 0) = 1  <==
=== epoll sees something before there is something
/^call epoll_wait/s/= 0 0 \(.*\)out0=12:/= 1 0 \1out0=12:040000000400000000000000/
--- FAIL
memory.pkt:13:47: FAIL (ipv4): epoll_wait returned 1, not 0
    +0    epoll_wait(5, {events=0, fd=4}, 1, 0) = 0
                                                  ^
            result  wanted 0, seen 1
  fix       +0    epoll_wait(5, {events=0, fd=4}, 1, 0) = 1
  events
     as recorded until 0.0103
     0.0104   epoll_wait(5, {events=0, fd=4}, 1, 0) = 0 -> 1  <==
=== an option is set that nobody set
/^call getsockopt/s/out0=4:00/out0=4:01/
--- FAIL
memory.pkt:17:47: FAIL (ipv4): getsockopt gave the value 1, not 0
    +0    getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
                                                  ^~~
            the value  wanted 0, seen 1
  fix       +0    getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [1], [4]) = 0
  events
     as recorded until 0.0205
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0  <==
=== there is less in the queue
/^call ioctl/s/out0=4:06/out0=4:05/
--- FAIL
memory.pkt:18:25: FAIL (ipv4): ioctl gave the value 5, not 6
    +0    ioctl(4, SIOCINQ, [6]) = 0
                            ^~~
            the value  wanted 6, seen 5
  fix       +0    ioctl(4, SIOCINQ, [5]) = 0
  events
     as recorded until 0.0206
     0.0206   ioctl(4, SIOCINQ, [6]) = 0  <==
=== less is sent than was given
/^call sendmsg/s/ = 7 0/ = 3 0/
--- FAIL
memory.pkt:23:90: FAIL (ipv4): sendmsg returned 3, not 7
    +0    sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 7
                                                                                             ^
            result  wanted 7, seen 3
  fix       +0    sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 3
  events
     as recorded until 0.0721
     0.0721   sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 3}, {..., 4}], msg_flags=0}, 0) = 7 -> 3  <==
=== the peer's RST is not seen
s/out0=2:1900/out0=2:0100/
--- FAIL
memory.pkt:26:35: FAIL (ipv4): poll gave revents POLLIN, not POLLIN|POLLERR|POLLHUP
    +0    poll([{fd=4, events=POLLIN, revents=POLLIN|POLLERR|POLLHUP}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            revents  wanted POLLIN|POLLERR|POLLHUP, seen POLLIN
  fix       +0    poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0) = 1
  events
     as recorded until 0.0822
     0.0823   poll([{fd=4, events=POLLIN, revents=POLLIN|POLLERR|POLLHUP}], 1, 0) = 1  <==
=== poll writes nothing
/^call poll/s/out0=2:0100$/out0=2:/
--- FAIL
memory.pkt:9:35: FAIL (ipv4): poll did not write revents: wanted POLLIN
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
                                      ^~~~~~~~~~~~~~
            revents  wanted POLLIN, seen nothing
  events
     as recorded until 0.0102
     0.0103   poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1  <==
=== getsockopt writes nothing
/^call getsockopt/s/out0=4:00000000/out0=4:/
--- FAIL
memory.pkt:17:47: FAIL (ipv4): getsockopt did not write the value: wanted 0
    +0    getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0
                                                  ^~~
            the value  wanted 0, seen nothing
  events
     as recorded until 0.0205
     0.0206   getsockopt(4, SOL_SOCKET, SO_REUSEADDR, [0], [4]) = 0  <==
=== ioctl writes nothing
/^call ioctl/s/out0=4:06000000/out0=4:/
--- FAIL
memory.pkt:18:25: FAIL (ipv4): ioctl did not write the value: wanted 6
    +0    ioctl(4, SIOCINQ, [6]) = 0
                            ^~~
            the value  wanted 6, seen nothing
  events
     as recorded until 0.0206
     0.0206   ioctl(4, SIOCINQ, [6]) = 0  <==
=== a recording of version 1, of which the memory is not known
s/^tcpclose-recording 2/tcpclose-recording 1/
/^call recvmsg/s/out0=4:00000000//
--- INVALID
memory.pkt:19:7: INVALID (ipv4): recording line 20: it has an older version, which did not keep all that recvmsg writes: record it again
    +0    recvmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 4}, {..., 4}], msg_flags=0}, 0) = 6
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0206
=== a recording of another kind of machine
2a memory other 16
--- INVALID
memory.pkt:9:7: INVALID (ipv4): recording line 11: what poll writes is in the memory of another kind of machine (other 16)
    +0    poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  harness   up to 0.1 ms late, 0.0 ms in the median
  events
     as recorded until 0.0102
