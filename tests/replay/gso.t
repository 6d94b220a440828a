=== the recording as it is
--- PASS
PASS  gso.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
=== one of several segments is missing
/^packet .*4177496177:/d
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:2001(2000) ack 1 win 63    at 0.0103 s
            length  wanted 5000, seen 2000 (3000 less)
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000,nop,nop,sackOK,nop,wscale 7>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     0.0102   --> . 1:1(0) ack 1 win 1000
     0.0103   accept(3, ..., ...) = 4
     0.0103   write(4, ..., 5000) = 5000
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 4001:5001(1000) ack 1 win 63  (segment beyond what was sent, 2001:4001 is missing)
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the last of several segments is missing
/^packet .*4177498177:/d
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:4001(4000) ack 1 win 63    at 0.0103 s
            2 packets together: P. 1:2001(2000), P. 2001:4001(2000)
            length  wanted 5000, seen 4000 (1000 less)
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000,nop,nop,sackOK,nop,wscale 7>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     0.0102   --> . 1:1(0) ack 1 win 1000
     0.0103   accept(3, ..., ...) = 4
     0.0103   write(4, ..., 5000) = 5000
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
=== segments in the wrong order
/^packet .*4177494177:/{h;d;}
/^packet .*4177496177:/G
--- FAIL
gso.pkt:12:12: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
               ^~~~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 2001:4001(2000) ack 1 win 63    at 0.0103 s
            seq     wanted 1, seen 2001 (2000 more)
            length  wanted 5000, seen 2000 (3000 less)
  which is  a segment beyond what was sent, 1:2001 is missing
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000,nop,nop,sackOK,nop,wscale 7>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     0.0102   --> . 1:1(0) ack 1 win 1000
     0.0103   accept(3, ..., ...) = 4
     0.0103   write(4, ..., 5000) = 5000
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63  <== segment beyond what was sent, 1:2001 is missing
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  (retransmission of 1:2001)
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
=== one of several segments acknowledges something else
/^packet .*4177496177:/s/:\(.\{56\}\)00000001/:\100000002/
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:2001(2000) ack 1 win 63    at 0.0103 s
            length  wanted 5000, seen 2000 (3000 less)
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000,nop,nop,sackOK,nop,wscale 7>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     0.0102   --> . 1:1(0) ack 1 win 1000
     0.0103   accept(3, ..., ...) = 4
     0.0103   write(4, ..., 5000) = 5000
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 2 win 63
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
=== more is sent than was written
/^packet .*4177498177:/s/ 1040 1040:45000410/ 1140 1140:45000474/
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:5101(5100) ack 1 win 63    at 0.0103 s
            3 packets together: P. 1:2001(2000), P. 2001:4001(2000), P. 4001:5101(1100)
            length  wanted 5000, seen 5100 (100 more)
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 65535 <mss 1000,nop,nop,sackOK,nop,wscale 7>
     0.0001   <-- S. 0:0(0) ack 1 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     0.0102   --> . 1:1(0) ack 1 win 1000
     0.0103   accept(3, ..., ...) = 4
     0.0103   write(4, ..., 5000) = 5000
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63
     0.0103   <-- P. 4001:5101(1100) ack 1 win 63
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
=== what SACK says has arrived is sent again, too
/^packet 37/s/ 1040 1040:45000410/ 2040 2040:450007f8/
--- FAIL
gso.pkt:17:22: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > . 9001:12001(3000) ack 1
                         ^~~~
  wanted    . 9001:12001(3000) ack 1
  seen      . 9001:13001(4000) ack 1 win 63    at 0.0328 s
            2 packets together: P. 9001:11001(2000), . 11001:13001(2000)
            length  wanted 3000, seen 4000 (1000 more)
  which is  a retransmission of 9001:11001, 2nd time, 0.012 s after the first
  events
        ...   10 earlier events
     0.0103   <-- P. 4001:5001(1000) ack 1 win 63
     0.0204   --> . 1:1(0) ack 5001 win 1000
     0.0205   write(4, ..., 12000) = 12000
     0.0206   <-- P. 5001:7001(2000) ack 1 win 63
     0.0206   <-- P. 7001:9001(2000) ack 1 win 63
     0.0206   <-- P. 9001:11001(2000) ack 1 win 63
     0.0213   <-- P. 11001:13001(2000) ack 1 win 63
     0.0220   <-- P. 13001:15001(2000) ack 1 win 63
     0.0227   <-- P. 15001:17001(2000) ack 1 win 63
     0.0327   --> . 1:1(0) ack 9001 win 1000 <nop,nop,sack 12001:17001>
     0.0328   <-- P. 9001:11001(2000) ack 1 win 63  <== retransmission of 9001:11001, 2nd time, 0.012 s after the first
     0.0397   <-- . 11001:13001(2000) ack 1 win 63  (retransmission of 11001:13001, 2nd time, 0.018 s after the first)
  again     tcpclose-run --replay=gso.rec --ip_version=ipv4 gso.pkt

0 passed, 1 failed, 0 skipped
status 1
