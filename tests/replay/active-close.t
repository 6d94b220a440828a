=== the recording as it is
--- PASS
PASS  active-close.pkt ipv4
=== whole: connect is over at once
/^call connect/s/ = -1 115/ = 0 0/
--- FAIL
active-close.pkt:7:30: FAIL (ipv4): connect returned 0, not -1 EINPROGRESS (Operation now in progress)
    +0    connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
                                 ^~
            result  wanted -1 EINPROGRESS (Operation now in progress), seen 0
  fix       +0    connect(3, ..., ...) = 0
  events
     0.0001   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
     0.0001   connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress) -> 0  <==
  again     tcpclose-run --replay=active-close.rec --ip_version=ipv4 active-close.pkt

0 passed, 1 failed, 0 skipped
status 1
=== connect fails with another errno
/^call connect/s/ = -1 115/ = -1 101/
--- FAIL
active-close.pkt:7:33: FAIL (ipv4): connect returned -1 ENETUNREACH (Network is unreachable), not -1 EINPROGRESS (Operation now in progress)
    +0    connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
                                    ^~~~~~~~~~~
            result  wanted -1 EINPROGRESS (Operation now in progress), seen -1 ENETUNREACH (Network is unreachable)
  fix       +0    connect(3, ..., ...) = -1 ENETUNREACH (Network is unreachable)
  events
     as recorded until 0.0001
     0.0001   connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress) -> -1 ENETUNREACH (Network is unreachable)  <==
=== the state after connect is not SYN_SENT
s/ = SYN_SENT / = ESTABLISHED /
--- FAIL
active-close.pkt:9:18: FAIL (ipv4): state is ESTABLISHED, not SYN_SENT
    +0    state(3) = SYN_SENT, timer retransmit 1
                     ^~~~~~~~
            state  wanted SYN_SENT, seen ESTABLISHED
  state     ESTABLISHED, timer retransmit 1.000 s, 1 byte to send
  fix       +0    state(3) = ESTABLISHED, timer retransmit 1
  events
     as recorded until 0.0001
     0.0001   state(3) = SYN_SENT, timer retransmit 1 -> ESTABLISHED, timer retransmit 1.000 s, 1 byte to send  <==
=== the first retransmission of SYN comes after 3 s
s/ = SYN_SENT retransmit [0-9]*/ = SYN_SENT retransmit 3000000/
--- FAIL
active-close.pkt:9:45: FAIL (ipv4): time left is 3.000 s, not 1.000 s
    +0    state(3) = SYN_SENT, timer retransmit 1
                                                ^
            time left  wanted 1.000 s, seen 3.000 s
  state     SYN_SENT, timer retransmit 3.000 s, 1 byte to send
  fix       +0    state(3) = SYN_SENT, timer retransmit 3
  events
     as recorded until 0.0001
     0.0001   state(3) = SYN_SENT, timer retransmit 1 -> SYN_SENT, timer retransmit 3.000 s, 1 byte to send  <==
=== no ACK ends the handshake
/^packet .*# \. .* ack 1 /d
--- FAIL
active-close.pkt:11:7: FAIL (ipv4): the kernel sent no segment
    +0    > . 1:1(0) ack 1
          ^~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 1
  seen      nothing until 1.2243 s
  fix       // it did not come: +0    > . 1:1(0) ack 1
  events
     as recorded until 0.0203
     1.2243   <-- . 1:1(0) ack 1  <== did not come
=== SO_ERROR is set
/^call getsockopt/s/out0=4: /out0=4:6f /
--- FAIL
active-close.pkt:12:43: FAIL (ipv4): getsockopt gave the value 111, not 0
    +0    getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
                                              ^~~
            the value  wanted 0, seen 111
  fix       +0    getsockopt(3, SOL_SOCKET, SO_ERROR, [111], [4]) = 0
  events
     as recorded until 0.0203
     0.0204   getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0  <==
=== the data is sent without PSH
/^packet .*# P\. /s/:\(.\{66\}\)18/:\110/
--- FAIL
active-close.pkt:14:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:101(100) ack 1
            ^~
  wanted    P. 1:101(100) ack 1
  seen      . 1:101(100) ack 1 win 63    at 0.0204 s
            flags  wanted P., seen .
  fix       +0    > . 1:101(100) ack 1
  events
     as recorded until 0.0204
     0.0204   <-- . 1:101(100) ack 1 win 63  <==
=== close sends the data once more
/^packet .*# P\. /{h;}
/^packet .*# F\. /{x;s/^packet [0-9]*/packet 80750/;G;}
--- FAIL
active-close.pkt:17:9: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 101:101(0) ack 1
            ^~
  wanted    F. 101:101(0) ack 1
  seen      P. 1:101(100) ack 1 win 63    at 0.0808 s
            flags   wanted F., seen P.
            seq     wanted 101, seen 1 (100 less)
            length  wanted 0, seen 100 (100 more)
  which is  a spurious retransmission of 1:101, which is acknowledged
  state     FIN_WAIT_1, timer retransmit 0.220 s, 1 byte to send, no descriptor
  fix       +0    > P. 1:101(100) ack 1
  events
     as recorded until 0.0807
     0.0808   <-- P. 1:101(100) ack 1 win 63  <== spurious retransmission of 1:101, which is acknowledged
=== FIN_WAIT_1 without a timer
s/ = FIN_WAIT_1 retransmit [0-9]*/ = FIN_WAIT_1 none 0/
--- FAIL
active-close.pkt:18:33: FAIL (ipv4): timer is none, not retransmit
    +0    state = FIN_WAIT_1, timer retransmit
                                    ^~~~~~~~~~
            timer  wanted retransmit, seen none
  state     FIN_WAIT_1, 1 byte to send, no descriptor
  fix       +0    state = FIN_WAIT_1, timer none
  events
     as recorded until 0.0808
     0.0808   state = FIN_WAIT_1, timer retransmit -> FIN_WAIT_1, 1 byte to send  <==
=== a FIN_WAIT_2 orphan without a timer
s/ = FIN_WAIT_2 timewait 60000000/ = FIN_WAIT_2 none 0/
--- FAIL
active-close.pkt:20:33: FAIL (ipv4): timer is none, not timewait
    +0    state = FIN_WAIT_2, timer timewait 60
                                    ^~~~~~~~
            timer  wanted timewait, seen none
  state     FIN_WAIT_2, no descriptor
  fix       +0    state = FIN_WAIT_2, timer none
  events
     as recorded until 0.0909
     0.0910   state = FIN_WAIT_2, timer timewait 60 -> FIN_WAIT_2  <==
=== the FIN_WAIT_2 orphan is gone at once
s/ = FIN_WAIT_2 .*/ = CLOSED none 0 0 0 0 0 0/
--- FAIL
active-close.pkt:20:15: FAIL (ipv4): state is CLOSED, not FIN_WAIT_2
    +0    state = FIN_WAIT_2, timer timewait 60
                  ^~~~~~~~~~
            state  wanted FIN_WAIT_2, seen CLOSED
            timer  wanted timewait, seen none
  state     CLOSED
  fix       +0    state = CLOSED, timer none
  events
     as recorded until 0.0909
     0.0910   state = FIN_WAIT_2, timer timewait 60 -> CLOSED  <==
=== TIME_WAIT lasts 30 s
s/ = TIME_WAIT timewait 60000000/ = TIME_WAIT timewait 30000000/
--- FAIL
active-close.pkt:23:41: FAIL (ipv4): time left is 30.000 s, not 60.000 s
    +0    state = TIME_WAIT, timer timewait 60
                                            ^~
            time left  wanted 60.000 s, seen 30.000 s
  state     TIME_WAIT, timer timewait 30.000 s
  fix       +0    state = TIME_WAIT, timer timewait 30
  events
     as recorded until 0.1012
     0.1012   state = TIME_WAIT, timer timewait 60 -> TIME_WAIT, timer timewait 30.000 s  <==
=== no TIME_WAIT
s/ = TIME_WAIT .*/ = CLOSED none 0 0 0 0 0 0/
--- FAIL
active-close.pkt:23:15: FAIL (ipv4): state is CLOSED, not TIME_WAIT
    +0    state = TIME_WAIT, timer timewait 60
                  ^~~~~~~~~
            state  wanted TIME_WAIT, seen CLOSED
            timer  wanted timewait, seen none
  state     CLOSED
  fix       +0    state = CLOSED, timer none
  events
     as recorded until 0.1012
     0.1012   state = TIME_WAIT, timer timewait 60 -> CLOSED  <==
=== a segment while there should be silence
/^now .* asked/i\
packet 300000 40 40:45000028000040004006b824c0a80002c0000201d1881f901ecce7e0000000025010003f3522
--- FAIL
active-close.pkt:24:7: FAIL (ipv4): the kernel sent a segment at 0.300000 s: the script wants silence here
    +.5   silence
          ^~~~~~~
  wanted    nothing
  seen      . 102:102(0) ack 2 win 63    at 0.3000 s
  which is  a duplicate ACK without a cause that is known
  state     TIME_WAIT, timer timewait 60.000 s
  fix       +.19~+.23 > . 102:102(0) ack 2    (behind active-close.pkt:23)
  events
     as recorded until 0.1012
     0.3000   <-- . 102:102(0) ack 2 win 63  <== duplicate ACK without a cause that is known
=== the FIN again while there should be silence
/^packet .*# F\. /h
/^now .* asked/{x;s/^packet [0-9]*/packet 300000/;G;}
--- FAIL
active-close.pkt:24:7: FAIL (ipv4): the kernel sent a segment at 0.300000 s: the script wants silence here
    +.5   silence
          ^~~~~~~
  wanted    nothing
  seen      F. 101:101(0) ack 1 win 63    at 0.3000 s
  which is  a spurious retransmission of the FIN, which is acknowledged
  state     TIME_WAIT, timer timewait 60.000 s
  fix       +.19~+.23 > F. 101:101(0) ack 1    (behind active-close.pkt:23)
  events
     as recorded until 0.1012
     0.3000   <-- F. 101:101(0) ack 1 win 63  <== spurious retransmission of the FIN, which is acknowledged
=== the peer's second FIN is not answered
$!N
/^packet 6/d
P
D
--- FAIL
active-close.pkt:26:7: FAIL (ipv4): the kernel sent no segment
    +0    > . 102:102(0) ack 2
          ^~~~~~~~~~~~~~~~~~~~
  wanted    . 102:102(0) ack 2
  seen      nothing until 1.8059 s
  fix       // it did not come: +0    > . 102:102(0) ack 2
  events
     as recorded until 0.6019
     1.8059   <-- . 102:102(0) ack 2  <== did not come
=== TIME_WAIT is not started anew
$s/timewait [0-9]*/timewait 59500000/
--- FAIL
active-close.pkt:27:41: FAIL (ipv4): time left is 59.500 s, not 60.000 s
    +0    state = TIME_WAIT, timer timewait 60
                                            ^~
            time left  wanted 60.000 s, seen 59.500 s
  state     TIME_WAIT, timer timewait 59.500 s
  fix       +0    state = TIME_WAIT, timer timewait 59.5
  events
     as recorded until 0.6020
     0.6020   state = TIME_WAIT, timer timewait 60 -> TIME_WAIT, timer timewait 59.500 s  <==
