=== the recording as it is
--- PASS
PASS  icmp.pkt ipv4
=== what did not fit is not sent again
/^packet 20/d
--- FAIL
icmp.pkt:13:7: FAIL (ipv4): the kernel sent no segment
    +0    > P. 1:1461(1460) ack 1
          ^~~~~~~~~~~~~~~~~~~~~~~
  wanted    P. 1:1461(1460) ack 1
  seen      nothing until 1.2245 s
  fix       // it did not come: +0    > P. 1:1461(1460) ack 1
  events
     as recorded until 0.0205
     1.2245   <-- P. 1:1461(1460) ack 1  <== did not come
=== what did not fit is sent again only in part
/^packet 20/s/ 1500 1500:450005dc/ 1200 1200:450004b0/
--- FAIL
icmp.pkt:13:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:1461(1460) ack 1
                      ^~~~
  wanted    P. 1:1461(1460) ack 1
  seen      P. 1:1161(1160) ack 1 win 64240    at 0.0205 s
            length  wanted 1460, seen 1160 (300 less)
  which is  a retransmission of 1:1161, 2nd time, 0.010 s after the first
  fix       +0    > P. 1:1161(1160) ack 1
  events
     as recorded until 0.0205
     0.0205   <-- P. 1:1161(1160) ack 1 win 64240  <== retransmission of 1:1161, 2nd time, 0.010 s after the first
=== connect does not hear of it
/^finished 1 /d
--- FAIL
icmp.pkt:19:6: FAIL (ipv4): connect has not returned: wanted at 0.051954 s
    +0...0.01 connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused)
         ^~~~
  state     CLOSED
  harness   up to 1.1 ms late, 0.1 ms in the median
  events
     as recorded until 0.0419
     0.0421   #2 begun: connect(5, ..., ...)  <== has not returned
     0.0422   <-- #2 S 0:0(0) win 64960 <mss 1160,nop,nop,sackOK,nop,wscale 10>
     0.0523   --> #2 icmp unreachable port_unreachable [0:0(0)]
     0.0543   state(5) = CLOSED -> CLOSED
=== connect fails with another errno
/^finished 1 /s/ = -1 111/ = -1 113/
--- FAIL
icmp.pkt:19:37: FAIL (ipv4): connect returned -1 EHOSTUNREACH (No route to host), not -1 ECONNREFUSED (Connection refused)
    +0...0.01 connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused)
                                        ^~~~~~~~~~~~
            result  wanted -1 ECONNREFUSED (Connection refused), seen -1 EHOSTUNREACH (No route to host)
  state     CLOSED
  fix       +0...0.01 connect(5, ..., ...) = -1 EHOSTUNREACH (No route to host)
  harness   up to 1.1 ms late, 0.1 ms in the median
  events
     as recorded until 0.0523
     0.0524   #2 returned: connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused) -> -1 EHOSTUNREACH (No route to host)  <==
=== a FIN with data that does not follow on
/^packet .*# F\. /s/:\(.\{48\}\)......../:\1f90ec171/
--- FAIL
icmp.pkt:16:12: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > F. 1461:1461(0) ack 1
               ^~~~~~~~~
  wanted    F. 1461:1461(0) ack 1
  seen      F. 1462:1462(0) ack 1 win 64240    at 0.0307 s
            seq  wanted 1461, seen 1462 (1 more)
  which is  a segment beyond what was sent, 1461:1462 is missing
  fix       +0    > F. 1462:1462(0) ack 1
  events
     as recorded until 0.0307
     0.0307   <-- F. 1462:1462(0) ack 1 win 64240  <== segment beyond what was sent, 1461:1462 is missing
