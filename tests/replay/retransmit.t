=== the recording as it is
--- PASS
PASS  retransmit.pkt ipv4
=== no backoff
/^packet 7[0-9]* /s/^packet 7[0-9]*/packet 470000/
--- FAIL
retransmit.pkt:16:1: FAIL (ipv4): the segment came at 0.470000 s, 0.216711 s too early: wanted at 0.686711 s (tolerance 0.0550)
    +.44    > F. 1:1(0) ack 1
    ^~~~
  wanted    F. 1:1(0) ack 1
  seen      F. 1:1(0) ack 1 win 64240    at 0.4700 s (-0.2167)
  which is  a retransmitted FIN, 3rd time, 0.450 s after the first
  state     FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send
  fix       +.22~+.26    > F. 1:1(0) ack 1
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.448 s, 1 retransmission, 1 byte to send
     0.4700   <-- F. 1:1(0) ack 1 win 64240  <== retransmitted FIN, 3rd time, 0.450 s after the first  [216.7 ms early]
=== the second retransmission does not come
/^packet 7/d
--- FAIL
retransmit.pkt:16:9: FAIL (ipv4): the kernel sent no segment
    +.44    > F. 1:1(0) ack 1
            ^~~~~~~~~~~~~~~~~
  wanted    F. 1:1(0) ack 1
  seen      nothing until 1.9417 s
  state     FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send
  fix       // it did not come: +.44    > F. 1:1(0) ack 1
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.448 s, 1 retransmission, 1 byte to send
     1.9417   <-- F. 1:1(0) ack 1  <== did not come
=== the FIN is sent again in another place
/^packet 2/s/:\(.\{48\}\)\(......\)../:\1\200/
--- FAIL
retransmit.pkt:12:14: FAIL (ipv4): the kernel's segment is not the one wanted
    +0      > F. 1:1(0) ack 1
                 ^~~
  wanted    F. 1:1(0) ack 1
  seen      F. 4294967267:4294967267(0) ack 1 win 64240    at 0.0203 s
            seq  wanted 1, seen 4294967267 (30 less)
  which is  a spurious retransmission of 4294967267:4294967267, which is acknowledged
  state     FIN_WAIT_1, timer retransmit 0.224 s, 1 byte to send
  fix       +0      > F. 4294967267:4294967267(0) ack 1
  events
     as recorded until 0.0203
     0.0203   <-- F. 4294967267:4294967267(0) ack 1 win 64240  <== spurious retransmission of 4294967267:4294967267, which is acknowledged
=== the number of retransmissions is not counted
s/\(FIN_WAIT_1 retransmit [0-9]*\) 2 /\1 1 /
--- FAIL
retransmit.pkt:17:70: FAIL (ipv4): retransmits is 1, not 2
    +0      state(4) = FIN_WAIT_1, timer retransmit .79~.91, retransmits 2
                                                                         ^
            retransmits  wanted 2, seen 1
  state     FIN_WAIT_1, timer retransmit 0.896 s, 1 retransmission, 1 byte to send
  fix       +0      state(4) = FIN_WAIT_1, timer retransmit .79~.91, retransmits 1
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.448 s, 1 retransmission, 1 byte to send
     0.7027   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 3rd time, 0.682 s after the first)  [16.0 ms late]
     0.7028   state(4) = FIN_WAIT_1, timer retransmit .79~.91, retransmits 2 -> FIN_WAIT_1, timer retransmit 0.896 s, 1 retransmission, 1 byte to send  <==
=== the timer does not back off
s/FIN_WAIT_1 retransmit 4[0-9]*/FIN_WAIT_1 retransmit 224000/
--- FAIL
retransmit.pkt:15:49: FAIL (ipv4): time left is 0.896 s, not 0.390 to 0.460 s
    +0      state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1
                                                    ^~~~~~~
            time left    wanted 0.390 to 0.460 s, seen 0.896 s
            retransmits  wanted 1, seen 2
  state     FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send
  fix       +0      state(4) = FIN_WAIT_1, timer retransmit 0.9, retransmits 2
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send  <==
=== the acknowledgment of the FIN does not stop the timer
s/ = FIN_WAIT_2 none 0/ = FIN_WAIT_2 retransmit 850000/
--- FAIL
retransmit.pkt:19:38: FAIL (ipv4): timer is retransmit, not none
    +0      state(4) = FIN_WAIT_2, timer none, retransmits 0
                                         ^~~~
            timer  wanted none, seen retransmit
  state     FIN_WAIT_2, timer retransmit 0.850 s
  fix       +0      state(4) = FIN_WAIT_2, timer retransmit, retransmits 0
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.448 s, 1 retransmission, 1 byte to send
     0.7027   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 3rd time, 0.682 s after the first)  [16.0 ms late]
     0.7028   state(4) = FIN_WAIT_1, timer retransmit .79~.91, retransmits 2 -> FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send
     0.7530   --> . 1:1(0) ack 2 win 32792
     0.7530   state(4) = FIN_WAIT_2, timer none, retransmits 0 -> FIN_WAIT_2, timer retransmit 0.850 s  <==
=== a counter says more than there was
s/^counter TcpRetransSegs = 2/counter TcpRetransSegs = 3/
--- FAIL
retransmit.pkt:20:35: FAIL (ipv4): TcpRetransSegs is 3, not 2
    +0      counter(TcpRetransSegs) = 2
                                      ^
            TcpRetransSegs  wanted 2, seen 3
  fix       +0      counter(TcpRetransSegs) = 3
  events
     as recorded until 0.0203
     0.2467   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 2nd time, 0.226 s after the first)  [6.4 ms late]
     0.2469   state(4) = FIN_WAIT_1, timer retransmit .39~.46, retransmits 1 -> FIN_WAIT_1, timer retransmit 0.448 s, 1 retransmission, 1 byte to send
     0.7027   <-- F. 1:1(0) ack 1 win 64240  (retransmitted FIN, 3rd time, 0.682 s after the first)  [16.0 ms late]
     0.7028   state(4) = FIN_WAIT_1, timer retransmit .79~.91, retransmits 2 -> FIN_WAIT_1, timer retransmit 0.896 s, 2 retransmissions, 1 byte to send
     0.7530   --> . 1:1(0) ack 2 win 32792
     0.7530   state(4) = FIN_WAIT_2, timer none, retransmits 0 -> FIN_WAIT_2
     0.7531   counter(TcpRetransSegs) = 2 -> 3  <==
