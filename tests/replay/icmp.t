=== the recording as it is
--- PASS
PASS  icmp.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
=== what did not fit is not sent again
/^packet 20/d
--- FAIL
icmp.pkt:13:7: FAIL (ipv4): the kernel sent no segment
    +0    > P. 1:1461(1460) ack 1
          ^~~~~~~~~~~~~~~~~~~~~~~
  wanted    P. 1:1461(1460) ack 1
  seen      nothing until 1.0245 s
  events
     0.0001   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1460>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0103   --> . 1:1(0) ack 1 win 32792
     0.0103   accept(3, ..., ...) = 4
     0.0104   write(4, ..., 1460) = 1460
     0.0104   <-- P. 1:1461(1460) ack 1 win 64240
     0.0205   --> icmp unreachable frag_needed mtu 1200 [1:1461(1460)]
     1.0245   <-- P. 1:1461(1460) ack 1  <== did not come
  again     tcpclose-run --replay=icmp.rec --ip_version=ipv4 icmp.pkt

0 passed, 1 failed, 0 skipped
status 1
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
  events
     0.0001   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1460>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0103   --> . 1:1(0) ack 1 win 32792
     0.0103   accept(3, ..., ...) = 4
     0.0104   write(4, ..., 1460) = 1460
     0.0104   <-- P. 1:1461(1460) ack 1 win 64240
     0.0205   --> icmp unreachable frag_needed mtu 1200 [1:1461(1460)]
     0.0205   <-- P. 1:1161(1160) ack 1 win 64240  <== retransmission of 1:1161, 2nd time, 0.010 s after the first
  again     tcpclose-run --replay=icmp.rec --ip_version=ipv4 icmp.pkt

0 passed, 1 failed, 0 skipped
status 1
=== connect does not hear of it
/^finished 1 /d
--- FAIL
icmp.pkt:19:6: FAIL (ipv4): connect has not returned: wanted at 0.051954 s
    +0...0.01 connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused)
         ^~~~
  state     CLOSED
  harness   up to 1.1 ms late, 0.1 ms in the median
  events
        ...   8 earlier events
     0.0104   <-- P. 1:1461(1460) ack 1 win 64240
     0.0205   --> icmp unreachable frag_needed mtu 1200 [1:1461(1460)]
     0.0205   <-- P. 1:1461(1460) ack 1 win 64240  (retransmission of 1:1461, 2nd time, 0.010 s after the first)
     0.0306   --> . 1:1(0) ack 1461 win 32792
     0.0307   close(4) = 0
     0.0307   <-- F. 1461:1461(0) ack 1 win 64240
     0.0419   --> R 1:1(0) win 0  [1.1 ms late]
     0.0419   socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
     0.0421   #2 begun: connect(5, ..., ...)  <==
     0.0422   <-- #2 S 0:0(0) win 64960 <mss 1160,nop,nop,sackOK,nop,wscale 10>
     0.0523   --> #2 icmp unreachable port_unreachable [0:0(0)]
     0.0543   state(5) = CLOSED -> CLOSED
  again     tcpclose-run --replay=icmp.rec --ip_version=ipv4 icmp.pkt

0 passed, 1 failed, 0 skipped
status 1
=== connect fails with another errno
/^finished 1 /s/ = -1 111/ = -1 113/
--- FAIL
icmp.pkt:19:37: FAIL (ipv4): connect returned -1 EHOSTUNREACH (No route to host), not -1 ECONNREFUSED (Connection refused)
    +0...0.01 connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused)
                                        ^~~~~~~~~~~~
            result  wanted -1 ECONNREFUSED (Connection refused), seen -1 EHOSTUNREACH (No route to host)
  state     CLOSED
  harness   up to 1.1 ms late, 0.1 ms in the median
  events
        ...   8 earlier events
     0.0104   <-- P. 1:1461(1460) ack 1 win 64240
     0.0205   --> icmp unreachable frag_needed mtu 1200 [1:1461(1460)]
     0.0205   <-- P. 1:1461(1460) ack 1 win 64240  (retransmission of 1:1461, 2nd time, 0.010 s after the first)
     0.0306   --> . 1:1(0) ack 1461 win 32792
     0.0307   close(4) = 0
     0.0307   <-- F. 1461:1461(0) ack 1 win 64240
     0.0419   --> R 1:1(0) win 0  [1.1 ms late]
     0.0419   socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
     0.0421   #2 begun: connect(5, ..., ...)
     0.0422   <-- #2 S 0:0(0) win 64960 <mss 1160,nop,nop,sackOK,nop,wscale 10>
     0.0523   --> #2 icmp unreachable port_unreachable [0:0(0)]
     0.0524   #2 returned: connect(5, ..., ...) = -1 ECONNREFUSED (Connection refused) -> -1 EHOSTUNREACH (No route to host)  <==
  again     tcpclose-run --replay=icmp.rec --ip_version=ipv4 icmp.pkt

0 passed, 1 failed, 0 skipped
status 1
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
  events
        ...   2 earlier events
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1460>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0103   --> . 1:1(0) ack 1 win 32792
     0.0103   accept(3, ..., ...) = 4
     0.0104   write(4, ..., 1460) = 1460
     0.0104   <-- P. 1:1461(1460) ack 1 win 64240
     0.0205   --> icmp unreachable frag_needed mtu 1200 [1:1461(1460)]
     0.0205   <-- P. 1:1461(1460) ack 1 win 64240  (retransmission of 1:1461, 2nd time, 0.010 s after the first)
     0.0306   --> . 1:1(0) ack 1461 win 32792
     0.0307   close(4) = 0
     0.0307   <-- F. 1462:1462(0) ack 1 win 64240  <== segment beyond what was sent, 1461:1462 is missing
  again     tcpclose-run --replay=icmp.rec --ip_version=ipv4 icmp.pkt

0 passed, 1 failed, 0 skipped
status 1
