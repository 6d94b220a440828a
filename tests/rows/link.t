Each row of what a link between two ends does to segments, see tests/rows.sh.

## setting real_peer
include "link.inc"
+.1 client: close(4) = 0
+0 < F. 1:1(0) ack 1
+0~+.05 > . 1:1(0) ack 2
+0 state = CLOSE_WAIT
+0 peer: state = FIN_WAIT_2
#! s/peer: state = FIN_WAIT_2/peer: state = CLOSE_WAIT/
#? state is FIN_WAIT_2, not CLOSE_WAIT

## link loses
include "link.inc"
+.1 link(loses) = 1
+0 write(5, ..., 10) = 10
+0 > P. 1:11(10) ack 1
+.1 silence
+0 peer: counter(InSegs) = 1
+.05~+.3 > P. 1:11(10) ack 1
+0 < . 1:1(0) ack 11
#! s/= 1$/= 0/
#? ack 11

## link delays
include "link.inc"
+.1 peer: link(delays) = .05
+0 write(5, ..., 10) = 10
+0 > P. 1:11(10) ack 1
+0 < . 1:1(0) ack 11
+.03 state = ESTABLISHED, wqueue 10
+.04 state = ESTABLISHED, wqueue 0
#! s/delays) = .05/delays) = 0/
#? wqueue is 0, not 10
