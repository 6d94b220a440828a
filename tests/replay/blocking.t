=== the recording as it is
--- PASS
PASS  blocking.pkt ipv4
=== accept never returns
/^finished 1 /d
--- FAIL
blocking.pkt:7:6: FAIL (ipv4): accept has not returned: wanted at 0.030090 s
    +0...0.03 accept(3, ..., ...) = 4
         ^~~~
  events
     as recorded until 0.0001
     0.0003   begun: accept(3, ..., ...)  <== has not returned
     0.0106   --> S 0:0(0) win 32792 <mss 1000>
     0.0106   <-- S. 0:0(0) ack 1 win 64240 <mss 1460>
     0.0308   --> . 1:1(0) ack 1 win 32792
=== accept returns before the handshake is over
/^finished 1 /d
/^begin accept/s/pending 1 288/13 0 288 300 out0=128:02..9c41c0..0201/
--- FAIL
blocking.pkt:7:6: FAIL (ipv4): accept returned at 0.000300 s, 0.029790 s too early: wanted at 0.030090 s (tolerance 0.0040)
    +0...0.03 accept(3, ..., ...) = 4
         ^~~~
  fix       +0...0 accept(3, ..., ...) = 4
  events
     as recorded until 0.0001
     0.0003   returned: accept(3, ..., ...) = 4  <==  [29.8 ms early]
=== recv returns late
/^finished 2 /s/ 61[0-9]* out/ 90000 out/
--- FAIL
blocking.pkt:12:8: FAIL (ipv4): recv has not returned: wanted at 0.061009 s
    +.01...0.03 recv(4, ..., 100, 0) = 5
           ^~~~
  events
     as recorded until 0.0310
     0.0411   begun: recv(4, ..., 100, 0)  <== has not returned
     0.0614   --> P. 1:6(5) ack 1 win 32792
     0.0615   <-- . 1:1(0) ack 6 win 64235
=== recv returns nothing
/^finished 2 /s/ = 5 0/ = 0 0/
--- FAIL
blocking.pkt:12:36: FAIL (ipv4): recv returned 0, not 5
    +.01...0.03 recv(4, ..., 100, 0) = 5
                                       ^
            result  wanted 5, seen 0
  fix       +.01...0.03 recv(4, ..., 100, 0) = 0
  events
     as recorded until 0.0615
     0.0615   returned: recv(4, ..., 100, 0) = 5 -> 0  <==
=== recv fails
/^finished 2 /s/ = 5 0/ = -1 104/
--- FAIL
blocking.pkt:12:36: FAIL (ipv4): recv returned -1 ECONNRESET (Connection reset by peer), not 5
    +.01...0.03 recv(4, ..., 100, 0) = 5
                                       ^
            result  wanted 5, seen -1 ECONNRESET (Connection reset by peer)
  fix       +.01...0.03 recv(4, ..., 100, 0) = -1 ECONNRESET (Connection reset by peer)
  events
     as recorded until 0.0615
     0.0615   returned: recv(4, ..., 100, 0) = 5 -> -1 ECONNRESET (Connection reset by peer)  <==
=== recv never returns
/^finished 2 /d
--- FAIL
blocking.pkt:12:8: FAIL (ipv4): recv has not returned: wanted at 0.061009 s
    +.01...0.03 recv(4, ..., 100, 0) = 5
           ^~~~
  events
     as recorded until 0.0310
     0.0411   begun: recv(4, ..., 100, 0)  <== has not returned
     0.0614   --> P. 1:6(5) ack 1 win 32792
     0.0615   <-- . 1:1(0) ack 6 win 64235
=== read returns before the FIN
/^finished 3 /d
/^begin read/a\
finished 3 = 0 0 71740 90000 out0=100:
--- FAIL
blocking.pkt:15:8: FAIL (ipv4): read returned at 0.090000 s, 0.021453 s too early: wanted at 0.111453 s (tolerance 0.0050)
    +.01...0.05 read(4, ..., 100) = 0
           ^~~~
  fix       +.01...0.028 read(4, ..., 100) = 0
  events
     as recorded until 0.0717
     0.0900   returned: read(4, ..., 100) = 0  <==  [21.5 ms early]
=== close does not linger
/^finished 4 /d
/^packet .*# F\. /a\
finished 4 = 0 0 155871 156900
--- FAIL
blocking.pkt:20:6: FAIL (ipv4): close returned at 0.156900 s, 0.038938 s too early: wanted at 0.195838 s (tolerance 0.0050)
    +0...0.04 close(4) = 0
         ^~~~
  state     LAST_ACK, timer retransmit 0.204 s, 51 bytes to send
  fix       +0...0 close(4) = 0
  events
     as recorded until 0.1559
     0.1569   returned: close(4) = 0  <==  [38.9 ms early]
=== close never returns
/^finished 4 /d
--- FAIL
blocking.pkt:20:6: FAIL (ipv4): close has not returned: wanted at 0.195838 s
    +0...0.04 close(4) = 0
         ^~~~
  state     CLOSED
  events
     as recorded until 0.1558
     0.1559   begun: close(4)  <== has not returned
     0.1559   <-- F. 51:51(0) ack 7 win 64234
     0.1761   state = LAST_ACK, timer retransmit -> LAST_ACK, timer retransmit 0.204 s, 51 bytes to send
     0.1963   --> . 7:7(0) ack 52 win 32792
     0.1983   state = CLOSED -> CLOSED
