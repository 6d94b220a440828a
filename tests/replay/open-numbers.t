=== the recording as it is
--- PASS
PASS  open-numbers.pkt ipv4
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
  fix       +0~+.05   > P. *(...) ack 13
  events
     as recorded until 0.1148
     0.1148   <-- P. 44:2044(2000) ack 13 win 64228  <==
     0.1148   <-- P. 2044:3044(1000) ack 13 win 64228
     0.1148   shutdown(4, SHUT_WR) = 0
=== a hole within the data that is to end
/^packet 115172 /d
--- FAIL
open-numbers.pkt:22:13: FAIL (ipv4): the kernel's segment is not the one wanted
    +0~+.05   > FP. *(...) ack 13
                ^~~
  wanted    FP. *(...) ack 13
  seen      P. 44:2044(2000) ack 13 win 64228    at 0.1148 s
            flags  wanted FP., seen P.
  fix       +0~+.05   > P. *(...) ack 13
  events
     as recorded until 0.1148
     0.1148   <-- P. 44:2044(2000) ack 13 win 64228  <==
     0.1148   shutdown(4, SHUT_WR) = 0
     0.1148   <-- F. 3044:3044(0) ack 13 win 64228  (segment beyond what was sent, 2044:3044 is missing)
=== no data comes
/^packet 20966 /d;/^packet 21000 /d
--- FAIL
open-numbers.pkt:16:11: FAIL (ipv4): the kernel sent no segment
    +0~+.05   > P. 1:1(...) ack 6
              ^~~~~~~~~~~~~~~~~~~
  wanted    P. 1:1(...) ack 6
  seen      nothing until 1.2746 s
  fix       // it did not come: +0~+.05   > P. 1:1(...) ack 6
  events
     as recorded until 0.0206
     1.2746   <-- P. 1:1(...) ack 6  <== did not come
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
  fix       +0~+.06   > . 44:44(0) ack 6
  events
     as recorded until 0.0707
     0.1146   <-- . 44:44(0) ack 6 win 64228  <== duplicate ACK without a cause that is known
