=== the recording as it is
--- PASS
PASS  reset.pkt ipv4
=== FIN instead of RST, though data was not read
/^packet .*# R\. /s/:\(.\{66\}\)14/:\111/
--- FAIL
reset.pkt:13:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > R. 1:1(0) ack 11
            ^~
  wanted    R. 1:1(0) ack 11
  seen      F. 1:1(0) ack 11 win 64230    at 0.0105 s
            flags  wanted R., seen F.
  state     CLOSED
  fix       +0    > F. 1:1(0) ack 11
  events
     as recorded until 0.0105
     0.0105   <-- F. 1:1(0) ack 11 win 64230  <==
=== RST without ACK
/^packet .*# R\. /s/:\(.\{66\}\)14/:\104/
--- FAIL
reset.pkt:13:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > R. 1:1(0) ack 11
            ^~
  wanted    R. 1:1(0) ack 11
  seen      R 1:1(0) win 64230    at 0.0105 s
            flags  wanted R., seen R
  which is  a RST without ACK that answers nothing
  state     CLOSED
  fix       +0    > R 1:1(0)
  events
     as recorded until 0.0105
     0.0105   <-- R 1:1(0) win 64230  <== RST without ACK that answers nothing
=== no RST
/^packet .*# R\. /d
--- FAIL
reset.pkt:13:7: FAIL (ipv4): the kernel sent no segment
    +0    > R. 1:1(0) ack 11
          ^~~~~~~~~~~~~~~~~~
  wanted    R. 1:1(0) ack 11
  seen      nothing until 1.2145 s
  state     CLOSED
  fix       // it did not come: +0    > R. 1:1(0) ack 11
  events
     as recorded until 0.0105
     1.2145   <-- R. 1:1(0) ack 11  <== did not come
=== the RST is not counted
s/^counter TCPAbortOnClose = 1/counter TCPAbortOnClose = 0/
--- FAIL
reset.pkt:15:34: FAIL (ipv4): TCPAbortOnClose is 0, not 1
    +0    counter(TCPAbortOnClose) = 1
                                     ^
            TCPAbortOnClose  wanted 1, seen 0
  fix       +0    counter(TCPAbortOnClose) = 0
  events
     as recorded until 0.0105
     0.0105   counter(TCPAbortOnClose) = 1 -> 0  <==
=== SYN-ACK on the wrong one of two connections
/^packet .*# S\. /s/9c42/9c41/
--- FAIL
reset.pkt:17:9: FAIL (ipv4): the kernel sent the segment on connection #1 (8080 > 40001), but the line wants it on #2 (8080 > 40002)
    +0    > 8080>40002 S. 0:0(0) ack 1 <mss 1460>
            ^~~~~~~~~~
  a line that begins with 8080 > 40001 is about that connection
  wanted    8080 > 40002 S. 0:0(0) ack 1 <mss 1460>
  seen      S. 2962945249:2962945249(0) ack 1 win 64240 <mss 1460>    at 0.0208 s
  which is  a SYN-ACK of a new connection on the same ports
  fix       +0    > 8080 > 40001 S. 0:0(0) ack 1 <mss 1460>
  events
     as recorded until 0.0208
     0.0208   <-- S. 2962945249:2962945249(0) ack 1 win 64240 <mss 1460>  <== SYN-ACK of a new connection on the same ports
=== the peer's RST does not end the connection
s/ 40002 = CLOSED none/ 40002 = ESTABLISHED none/
--- FAIL
reset.pkt:21:29: FAIL (ipv4): state is ESTABLISHED, not CLOSED
    +0    state(8080 > 40002) = CLOSED
                                ^~~~~~
            state  wanted CLOSED, seen ESTABLISHED
  fix       +0    state(8080 > 40002) = ESTABLISHED
  events
     as recorded until 0.0412
     0.0412   state(8080 > 40002) = CLOSED -> ESTABLISHED  <==
=== read says that the pipe is broken
/^call read/s/ = -1 104/ = -1 32/
--- FAIL
reset.pkt:22:29: FAIL (ipv4): read returned -1 EPIPE (Broken pipe), not -1 ECONNRESET (Connection reset by peer)
    +0    read(4, ..., 10) = -1 ECONNRESET (Connection reset by peer)
                                ^~~~~~~~~~
            result  wanted -1 ECONNRESET (Connection reset by peer), seen -1 EPIPE (Broken pipe)
  fix       +0    read(4, ..., 10) = -1 EPIPE (Broken pipe)
  events
     as recorded until 0.0412
     0.0413   #2 read(4, ..., 10) = -1 ECONNRESET (Connection reset by peer) -> -1 EPIPE (Broken pipe)  <==
=== read finds the end instead of the error
/^call read/s/ = -1 104/ = 0 0/
--- FAIL
reset.pkt:22:26: FAIL (ipv4): read returned 0, not -1 ECONNRESET (Connection reset by peer)
    +0    read(4, ..., 10) = -1 ECONNRESET (Connection reset by peer)
                             ^~
            result  wanted -1 ECONNRESET (Connection reset by peer), seen 0
  fix       +0    read(4, ..., 10) = 0
  events
     as recorded until 0.0412
     0.0413   #2 read(4, ..., 10) = -1 ECONNRESET (Connection reset by peer) -> 0  <==
=== the error is told twice
/^call read/s/ = 0 0/ = -1 104/
--- FAIL
reset.pkt:23:26: FAIL (ipv4): read returned -1 ECONNRESET (Connection reset by peer), not 0
    +0    read(4, ..., 10) = 0
                             ^
            result  wanted 0, seen -1 ECONNRESET (Connection reset by peer)
  fix       +0    read(4, ..., 10) = -1 ECONNRESET (Connection reset by peer)
  events
     as recorded until 0.0413
     0.0413   #2 read(4, ..., 10) = 0 -> -1 ECONNRESET (Connection reset by peer)  <==
=== write succeeds
/^call write/s/ = -1 32/ = 10 0/
--- FAIL
reset.pkt:24:27: FAIL (ipv4): write returned 10, not -1 EPIPE (Broken pipe)
    +0    write(4, ..., 10) = -1 EPIPE (Broken pipe)
                              ^~
            result  wanted -1 EPIPE (Broken pipe), seen 10
  fix       +0    write(4, ..., 10) = 10
  events
     as recorded until 0.0413
     0.0413   #2 write(4, ..., 10) = -1 EPIPE (Broken pipe) -> 10  <==
=== no SIGPIPE
s/^signals 13 = 1/signals 13 = 0/
--- FAIL
reset.pkt:25:25: FAIL (ipv4): SIGPIPE is 0, not 1
    +0    signal(SIGPIPE) = 1
                            ^
            SIGPIPE  wanted 1, seen 0
  fix       +0    signal(SIGPIPE) = 0
  events
     as recorded until 0.0413
     0.0414   signal(SIGPIPE) = 1 -> 0  <==
=== SIGPIPE in spite of MSG_NOSIGNAL
$s/^signals 13 = 0/signals 13 = 1/
--- FAIL
reset.pkt:27:25: FAIL (ipv4): SIGPIPE is 1, not 0
    +0    signal(SIGPIPE) = 0
                            ^
            SIGPIPE  wanted 0, seen 1
  fix       +0    signal(SIGPIPE) = 1
  events
     as recorded until 0.0414
     0.0414   signal(SIGPIPE) = 0 -> 1  <==
=== a segment from a stranger
$a\
packet 45000 40 40:45000028648840004006539cc0a80002c000020100509c49f9bf6df20000000b5004fae682c6
--- FAIL
reset.pkt:28:7: FAIL (ipv4): the kernel sent a segment at 0.045000 s: the script wants silence here
    +.01  silence
          ^~~~~~~
  wanted    nothing
  seen      R 4190072306:4190072306(0) win 64230    at 0.0450 s
  events
     as recorded until 0.0414
     0.0450   <-- R 4190072306:4190072306(0) win 64230  <==
