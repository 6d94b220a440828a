=== the recording as it is
--- PASS
PASS  probe.pkt ipv4
=== the window is overrun
/^packet 253/s/.*/packet 30700 1040 1040:45000410438c4000400670b0c0a80002c00002011f909c41f978ae63000000015019faf086ae/
--- FAIL
probe.pkt:15:12: FAIL (ipv4): the kernel's segment is not the one wanted
    +.2~+.25 > . 1000:1000(0) ack 1
               ^
  wanted    . 1000:1000(0) ack 1
  seen      FP. 1001:2001(1000) ack 1 win 64240    at 0.0307 s (-0.2000)
            flags   wanted ., seen FP.
            seq     wanted 1000, seen 1001 (1 more)
            length  wanted 0, seen 1000 (1000 more)
  which is  a segment into a zero window
  state     FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send, no descriptor
  fix       +.2~+.25 > FP. 1001:2001(1000) ack 1
  events
     as recorded until 0.0307
     0.0307   <-- FP. 1001:2001(1000) ack 1 win 64240  <== segment into a zero window  [200.0 ms early]
=== no probe
/^packet 253/d
--- FAIL
probe.pkt:15:10: FAIL (ipv4): the kernel sent no segment
    +.2~+.25 > . 1000:1000(0) ack 1
             ^~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1000:1000(0) ack 1
  seen      nothing until 1.5057 s
  state     FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send, no descriptor
  fix       // it did not come: +.2~+.25 > . 1000:1000(0) ack 1
  events
     as recorded until 0.0307
     1.5057   <-- . 1000:1000(0) ack 1  <== did not come
=== the probe carries a byte
/^packet 253/s/ 40 40:45000028/ 41 41:45000029/
--- FAIL
probe.pkt:15:24: FAIL (ipv4): the kernel's segment is not the one wanted
    +.2~+.25 > . 1000:1000(0) ack 1
                           ^
  wanted    . 1000:1000(0) ack 1
  seen      . 1000:1001(1) ack 1 win 64240    at 0.2536 s
            length  wanted 0, seen 1 (1 more)
  which is  a zero-window probe
  state     FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send, no descriptor
  fix       +.2~+.25 > . 1000:1001(1) ack 1
  events
     as recorded until 0.0307
     0.2536   <-- . 1000:1001(1) ack 1 win 64240  <== zero-window probe
=== the retransmission timer runs instead of the probe timer
s/ = FIN_WAIT_1 probe/ = FIN_WAIT_1 retransmit/
--- FAIL
probe.pkt:14:35: FAIL (ipv4): timer is retransmit, not probe
    +0      state = FIN_WAIT_1, timer probe, wqueue 1001
                                      ^~~~~
            timer  wanted probe, seen retransmit
  state     FIN_WAIT_1, timer retransmit 0.220 s, 1001 bytes to send, no descriptor
  fix       +0      state = FIN_WAIT_1, timer retransmit, wqueue 1001
  events
     as recorded until 0.0307
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer retransmit 0.220 s, 1001 bytes to send  <==
=== the FIN is forgotten
/^packet 263/s/:\(.\{66\}\)19/:\118/
--- FAIL
probe.pkt:17:11: FAIL (ipv4): the kernel's segment is not the one wanted
    +0      > FP. 1001:2001(1000) ack 1
              ^~~
  wanted    FP. 1001:2001(1000) ack 1
  seen      P. 1001:2001(1000) ack 1 win 64240    at 0.2638 s
            flags  wanted FP., seen P.
  fix       +0      > P. 1001:2001(1000) ack 1
  events
     as recorded until 0.2637
     0.2638   <-- P. 1001:2001(1000) ack 1 win 64240  <==
=== the queue is lost
s/ 0 0 1001 0 0$/ 0 0 1 0 0/
--- FAIL
probe.pkt:14:49: FAIL (ipv4): wqueue is 1, not 1001
    +0      state = FIN_WAIT_1, timer probe, wqueue 1001
                                                    ^~~~
            wqueue  wanted 1001, seen 1
  state     FIN_WAIT_1, timer probe 0.220 s, 1 byte to send, no descriptor
  fix       +0      state = FIN_WAIT_1, timer probe, wqueue 1
  events
     as recorded until 0.0307
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1 byte to send  <==
