=== the recording as it is
--- PASS
PASS  probe.pkt ipv4
1 passed, 0 failed, 0 skipped
status 0
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
  events
        ...   2 earlier events
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 1000 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send
     0.0307   <-- FP. 1001:2001(1000) ack 1 win 64240  <== segment into a zero window  [200.0 ms early]
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
=== no probe
/^packet 253/d
--- FAIL
probe.pkt:15:10: FAIL (ipv4): the kernel sent no segment
    +.2~+.25 > . 1000:1000(0) ack 1
             ^~~~~~~~~~~~~~~~~~~~~~
  wanted    . 1000:1000(0) ack 1
  seen      nothing until 1.3057 s
  state     FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send, no descriptor
  events
        ...   1 earlier event
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 1000 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send
     1.3057   <-- . 1000:1000(0) ack 1  <== did not come
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
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
  events
        ...   2 earlier events
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 1000 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send
     0.2536   <-- . 1000:1001(1) ack 1 win 64240  <== zero-window probe
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the retransmission timer runs instead of the probe timer
s/ = FIN_WAIT_1 probe/ = FIN_WAIT_1 retransmit/
--- FAIL
probe.pkt:14:35: FAIL (ipv4): timer is retransmit, not probe
    +0      state = FIN_WAIT_1, timer probe, wqueue 1001
                                      ^~~~~
            timer  wanted probe, seen retransmit
  state     FIN_WAIT_1, timer retransmit 0.220 s, 1001 bytes to send, no descriptor
  events
        ...   1 earlier event
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 1000 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer retransmit 0.220 s, 1001 bytes to send  <==
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the FIN is forgotten
/^packet 263/s/:\(.\{66\}\)19/:\118/
--- FAIL
probe.pkt:17:11: FAIL (ipv4): the kernel's segment is not the one wanted
    +0      > FP. 1001:2001(1000) ack 1
              ^~~
  wanted    FP. 1001:2001(1000) ack 1
  seen      P. 1001:2001(1000) ack 1 win 64240    at 0.2638 s
            flags  wanted FP., seen P.
  events
        ...   4 earlier events
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1001 bytes to send
     0.2536   <-- . 1000:1000(0) ack 1 win 64240  (zero-window probe)
     0.2637   --> . 1:1(0) ack 1001 win 1000
     0.2638   <-- P. 1001:2001(1000) ack 1 win 64240  <==
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
=== the queue is lost
s/ 0 0 1001 0 0$/ 0 0 1 0 0/
--- FAIL
probe.pkt:14:49: FAIL (ipv4): wqueue is 1, not 1001
    +0      state = FIN_WAIT_1, timer probe, wqueue 1001
                                                    ^~~~
            wqueue  wanted 1001, seen 1
  state     FIN_WAIT_1, timer probe 0.220 s, 1 byte to send, no descriptor
  events
        ...   1 earlier event
     0.0001   bind(3, ..., ...) = 0
     0.0001   listen(3, 1) = 0
     0.0001   --> S 0:0(0) win 1000 <mss 1000>
     0.0002   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0203   --> . 1:1(0) ack 1 win 1000
     0.0204   accept(3, ..., ...) = 4
     0.0205   write(4, ..., 2000) = 2000
     0.0205   <-- . 1:501(500) ack 1 win 64240
     0.0205   <-- P. 501:1001(500) ack 1 win 64240
     0.0306   --> . 1:1(0) ack 1001 win 0
     0.0307   close(4) = 0
     0.0307   state = FIN_WAIT_1, timer probe, wqueue 1001 -> FIN_WAIT_1, timer probe 0.220 s, 1 byte to send  <==
  again     tcpclose-run --replay=probe.rec --ip_version=ipv4 probe.pkt

0 passed, 1 failed, 0 skipped
status 1
