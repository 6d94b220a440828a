=== the recording as it is
--- PASS
PASS  isn.pkt ipv4
=== the last FIN is missing
/^packet .*# F\. /d
--- FAIL
isn.pkt:28:7: FAIL (ipv4): the kernel sent no segment
    +0    > F. 1:1(0) ack 1
          ^~~~~~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 1
  seen      nothing until 2.2826 s
  fix       // it did not come: +0    > F. 1:1(0) ack 1
  events
     as recorded until 1.0472
     1.0472   <-- #3 S 7000:7000(0) win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>
     1.0573   --> #3 S. 1000:1000(0) ack 9001 win 32792 <mss 1000>
     1.0573   <-- #3 R 2001:2001(0) win 0  (RST in reply to an ACK that does not acknowledge the SYN)
     1.0684   <-- #3 S 7000:7000(0) win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 10>  (retransmitted SYN, 2nd time, 0.021 s after the first)
     1.0785   --> #3 S. 1000:1000(0) ack 7001 win 32792 <mss 1000>
     1.0786   <-- #3 . 1:1(0) ack 1 win 64240
     1.0786   #3 close(5) = 0
     2.2826   <-- F. 1:1(0) ack 1  <== did not come
=== the challenge ACK is missing
/# S 9000/{
n
d
}
--- FAIL
isn.pkt:14:7: FAIL (ipv4): the kernel sent no segment
    +0    > . 1:1(0) ack 101
          ^~~~~~~~~~~~~~~~~~
  wanted    . 1:1(0) ack 101
  seen      nothing until 2.2409 s
  fix       // it did not come: +0    > . 1:1(0) ack 101
  events
     as recorded until 0.0001
     0.0002   <-- S. 5000:5000(0) ack 1001 win 64240 <mss 1460>
     1.0164   <-- S. 5000:5000(0) ack 1001 win 64240 <mss 1460>  (retransmitted SYN-ACK, 2nd time, 1.016 s after the first)  [16.3 ms late]
     1.0266   --> . 1:1(0) ack 1 win 32792
     1.0267   accept(3, ..., ...) = 4
     1.0267   --> P. 1:101(100) ack 1 win 32792
     1.0267   <-- . 1:1(0) ack 101 win 64140
     1.0369   --> S 9000:9000(0) win 32792 <mss 1000>
     2.2409   <-- . 1:1(0) ack 101  <== did not come
