=== the recording as it is
--- PASS
PASS  gso.pkt ipv4
=== one of several segments is missing
/^packet .*4177496177:/d
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:2001(2000) ack 1 win 63    at 0.0103 s
            length  wanted 5000, seen 2000 (3000 less)
  fix       +0    > P. 1:2001(2000) ack 1
  events
     as recorded until 0.0103
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 4001:5001(1000) ack 1 win 63  (segment beyond what was sent, 2001:4001 is missing)
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
  fix       +0    > P. 1:4001(4000) ack 1
  events
     as recorded until 0.0103
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63
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
  fix       +0    > P. 2001:4001(2000) ack 1
  events
     as recorded until 0.0103
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63  <== segment beyond what was sent, 1:2001 is missing
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  (retransmission of 1:2001)
=== one of several segments acknowledges something else
/^packet .*4177496177:/s/:\(.\{56\}\)00000001/:\100000002/
--- FAIL
gso.pkt:12:19: FAIL (ipv4): the kernel's segment is not the one wanted
    +0    > P. 1:5001(5000) ack 1
                      ^~~~
  wanted    P. 1:5001(5000) ack 1
  seen      P. 1:2001(2000) ack 1 win 63    at 0.0103 s
            length  wanted 5000, seen 2000 (3000 less)
  fix       +0    > P. 1:2001(2000) ack 1
  events
     as recorded until 0.0103
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 2 win 63
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
  fix       +0    > P. 1:5101(5100) ack 1
  events
     as recorded until 0.0103
     0.0103   <-- P. 1:2001(2000) ack 1 win 63  <==
     0.0103   <-- P. 2001:4001(2000) ack 1 win 63
     0.0103   <-- P. 4001:5101(1100) ack 1 win 63
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
  fix       +0    > . 9001:13001(4000) ack 1
  events
     as recorded until 0.0327
     0.0328   <-- P. 9001:11001(2000) ack 1 win 63  <== retransmission of 9001:11001, 2nd time, 0.012 s after the first
     0.0397   <-- . 11001:13001(2000) ack 1 win 63  (retransmission of 11001:13001, 2nd time, 0.018 s after the first)
