=== the recording as it is
--- PASS
PASS  open-numbers.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
=== the FIN never comes
/^packet 115218 /d
--- FAIL
open-numbers.pkt:22:13: FAIL (ipv4): the kernel's segment is not the one wanted
    +0~+.05   > FP. *(...) ack 13
                ^~~
  wanted    FP. *(...) ack 13
  seen      P. 44:3044(3000) ack 13 win 64228    at 0.1148 s
            2 packets together: P. 44:2044(2000), P. 2044:3044(1000)
            flags  wanted FP., seen P.
  events
        ...   9 earlier events
     0.0205   <-- . 1:1(0) ack 6 win 64235
     0.0206   write(4, ..., 10) = 10
     0.0206   <-- P. 1:11(10) ack 6 win 64235
     0.0206   write(4, ..., 33) = 33
     0.0206   <-- P. 11:44(33) ack 6 win 64235
     0.0707   --> P. 6:13(7) ack 44 win 32792
     0.1146   <-- . 44:44(0) ack 13 win 64228  (delayed ACK, 44 ms after the data)
     0.1148   read(4, ..., 100) = 12
     0.1148   write(4, ..., 3000) = 3000
     0.1148   <-- P. 44:2044(2000) ack 13 win 64228  <==
     0.1148   <-- P. 2044:3044(1000) ack 13 win 64228
     0.1148   shutdown(4, SHUT_WR) = 0
  again     tcpclose-run --replay=open-numbers.rec --ip_version=ipv4 open-numbers.pkt

0 passed, 1 failed, 0 skipped
status 1
=== a hole within the data that is to end
/^packet 115172 /d
--- FAIL
open-numbers.pkt:22:13: FAIL (ipv4): the kernel's segment is not the one wanted
    +0~+.05   > FP. *(...) ack 13
                ^~~
  wanted    FP. *(...) ack 13
  seen      P. 44:2044(2000) ack 13 win 64228    at 0.1148 s
            flags  wanted FP., seen P.
  events
        ...   9 earlier events
     0.0205   <-- . 1:1(0) ack 6 win 64235
     0.0206   write(4, ..., 10) = 10
     0.0206   <-- P. 1:11(10) ack 6 win 64235
     0.0206   write(4, ..., 33) = 33
     0.0206   <-- P. 11:44(33) ack 6 win 64235
     0.0707   --> P. 6:13(7) ack 44 win 32792
     0.1146   <-- . 44:44(0) ack 13 win 64228  (delayed ACK, 44 ms after the data)
     0.1148   read(4, ..., 100) = 12
     0.1148   write(4, ..., 3000) = 3000
     0.1148   <-- P. 44:2044(2000) ack 13 win 64228  <==
     0.1148   shutdown(4, SHUT_WR) = 0
     0.1148   <-- F. 3044:3044(0) ack 13 win 64228  (segment beyond what was sent, 2044:3044 is missing)
  again     tcpclose-run --replay=open-numbers.rec --ip_version=ipv4 open-numbers.pkt

0 passed, 1 failed, 0 skipped
status 1
=== no data comes
/^packet 20966 /d;/^packet 21000 /d
--- FAIL
open-numbers.pkt:16:11: FAIL (ipv4): the kernel sent no segment
    +0~+.05   > P. 1:1(...) ack 6
              ^~~~~~~~~~~~~~~~~~~
  wanted    P. 1:1(...) ack 6
  seen      nothing until 1.0746 s
  events
     0.0000   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 5) = 0
     0.0001   --> S 0:0(0) win 32792 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0103   --> . 1:1(0) ack 1 win 32792
     0.0103   accept(3, ..., ...) = 4
     0.0104   setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0
     0.0205   --> P. 1:6(5) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 6 win 64235
     0.0206   write(4, ..., 10) = 10
     0.0206   write(4, ..., 33) = 33
     1.0746   <-- P. 1:1(...) ack 6  <== did not come
  again     tcpclose-run --replay=open-numbers.rec --ip_version=ipv4 open-numbers.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the kernel does not take the data that goes on
/^packet 115032 /s/0000000d/00000006/
--- FAIL
open-numbers.pkt:18:24: FAIL (ipv4): the kernel's segment is not the one wanted
    +0~+.06   > . 44:44(0) ack 13
                           ^~~~~~
  wanted    . 44:44(0) ack 13
  seen      . 44:44(0) ack 6 win 64228    at 0.1146 s
            ack  wanted 13, seen 6 (7 less)
  which is  a duplicate ACK without a cause that is known
  events
        ...   4 earlier events
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0103   --> . 1:1(0) ack 1 win 32792
     0.0103   accept(3, ..., ...) = 4
     0.0104   setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0
     0.0205   --> P. 1:6(5) ack 1 win 32792
     0.0205   <-- . 1:1(0) ack 6 win 64235
     0.0206   write(4, ..., 10) = 10
     0.0206   <-- P. 1:11(10) ack 6 win 64235
     0.0206   write(4, ..., 33) = 33
     0.0206   <-- P. 11:44(33) ack 6 win 64235
     0.0707   --> P. 6:13(7) ack 44 win 32792
     0.1146   <-- . 44:44(0) ack 6 win 64228  <== duplicate ACK without a cause that is known
  again     tcpclose-run --replay=open-numbers.rec --ip_version=ipv4 open-numbers.pkt

0 passed, 1 failed, 0 skipped
status 1
